package tocsin.channel.webhook;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.http.Exchange;

/**
 * One attempt at an endpoint, as it went.
 *
 * @param request the headers that were sent; null where it did not come to a request
 * @param answer null where none came, or where we do not connect to
 */
public record Attempt(
    Message.Webhook message,
    Instant at,
    Duration took,
    @Nullable MultiMap request,
    Exchange.@Nullable Answered answer,
    Outcome outcome) {

  /** Without the endpoint's secret. */
  @Override
  public String toString() {
    return "Attempt[" + message.id() + "]";
  }
}
