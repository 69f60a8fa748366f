package tocsin.channel.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** What an endpoint's events are signed with (Standard Webhooks); for many threads. */
public sealed interface SigningKey permits WebhookSecret, EndpointKey {

  /** By its prefix; empty for what is malformed. */
  static Optional<? extends SigningKey> parse(String text) {
    return text.startsWith(EndpointKey.PREFIX)
        ? EndpointKey.parse(text)
        : WebhookSecret.parse(text);
  }

  /**
   * One entry of the {@code webhook-signature} header.
   *
   * @param id the {@code webhook-id} header; without a dot
   * @param at the {@code webhook-timestamp} header, whole seconds count
   * @param body the bytes as sent
   */
  String signature(String id, Instant at, byte[] body);

  /** What is signed before the body. */
  static byte[] head(String id, Instant at) {
    return (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
  }
}
