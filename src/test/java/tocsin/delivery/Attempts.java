package tocsin.delivery;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tocsin.audience.DeliveryId;
import tocsin.audience.Dialect;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.http.Exchange;
import tocsin.channel.webhook.Attempt;

/** Attempts as a sender tells of them, all of the update 7. */
final class Attempts {
  static final byte[] BODY = "{\"type\": \"incident.updated\"}".getBytes(StandardCharsets.UTF_8);
  private static final Duration TOOK = Duration.ofMillis(12);

  private Attempts() {}

  static Attempt taken(int subscriber, Instant at, String answer) {
    return of(subscriber, Dialect.NATIVE, at, 200, answer, new Outcome.Sent("200"));
  }

  static Attempt takenByStatuspage(int subscriber, Instant at) {
    return of(subscriber, Dialect.STATUSPAGE, at, 200, "", new Outcome.Sent("200"));
  }

  static Attempt failed(int subscriber, Instant at, Reason reason) {
    return of(
        subscriber, Dialect.NATIVE, at, 503, "busy", new Outcome.Deferred(reason, "503", null));
  }

  private static Attempt of(
      int subscriber, Dialect dialect, Instant at, int status, String answer, Outcome outcome) {
    Message.Webhook message =
        new Message.Webhook(
            new DeliveryId(7, subscriber), "https://example.com/", List.of(), dialect, BODY);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("x-trace", "t" + subscriber);
    return new Attempt(
        message,
        at,
        TOOK,
        MultiMap.caseInsensitiveMultiMap().add("webhook-id", message.id().toString()),
        new Exchange.Answered(status, headers, Buffer.buffer(answer)),
        outcome);
  }
}
