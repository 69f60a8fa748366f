package tocsin.channel.webhook;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.http.Exchange;

/** Notes how an attempt goes, while it does. One step at a time. */
final class Trace {
  private final Instant at;
  private final long begun = System.nanoTime();
  private @Nullable MultiMap request;
  private Exchange.@Nullable Answered answer;

  Trace(Instant at) {
    this.at = at;
  }

  /** What was exchanged; the last one counts. */
  Exchange exchanged(WebhookRequest sent, Exchange exchange) {
    request = sent.headers();
    answer = exchange instanceof Exchange.Answered answered ? answered : null;
    return exchange;
  }

  Attempt ended(Message.Webhook message, Outcome outcome) {
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new Attempt(message, at, took, request, answer, outcome);
  }
}
