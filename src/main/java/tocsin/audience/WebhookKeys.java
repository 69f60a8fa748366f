package tocsin.audience;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored for signing the events of one webhook; all null on other channels.
 *
 * @param secret {@code whsec_...}
 * @param pair null where the endpoint needs none
 */
public record WebhookKeys(@Nullable String secret, @Nullable KeyPair pair) {

  /** Those that the registration brings and, in place of those that it lacks, new ones. */
  public static WebhookKeys of(Registration registration, WebhookRules rules) {
    if (registration.channel() != Channel.WEBHOOK) {
      return new WebhookKeys(null, null);
    }
    String given = registration.secret();
    return new WebhookKeys(given == null ? rules.newSecret() : given, pair(registration, rules));
  }

  /** A new pair if the registration asks for a scheme that needs one. */
  static @Nullable KeyPair pair(Registration registration, WebhookRules rules) {
    return registration.form().signature().needsKeyPair() ? rules.newKeyPair() : null;
  }

  /** What signs by the scheme; none on other channels. */
  public List<String> of(SignatureScheme scheme) {
    return Stream.of(
            scheme == SignatureScheme.V1A ? null : secret,
            scheme == SignatureScheme.V1 ? null : privateKey())
        .filter(Objects::nonNull)
        .toList();
  }

  public @Nullable String privateKey() {
    return pair == null ? null : pair.privateKey();
  }

  public @Nullable String publicKey() {
    return pair == null ? null : pair.publicKey();
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "WebhookKeys";
  }
}
