package tocsin.channel.webhook;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Dialect;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.http.Exchange;

/**
 * What an exchange with an endpoint comes to. The details are ours: they never repeat an address or
 * an answer, which would let a customer look into our network.
 */
final class WebhookAnswers {
  /** Who asks for more is asked again after that: an absurd value must not outlive the news. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private WebhookAnswers() {}

  static Outcome outcome(Dialect dialect, Exchange exchange, Instant now) {
    return switch (exchange) {
      case Exchange.Answered answer ->
          ChatAnswers.outcome(dialect, answer).orElseGet(() -> answered(answer, now));
      case Exchange.Unsent(Throwable cause) -> failed(cause, "no connection");
      case Exchange.Unanswered(Throwable cause) -> failed(cause, "connection lost");
    };
  }

  private static Outcome answered(Exchange.Answered answer, Instant now) {
    int status = answer.status();
    String detail = "HTTP " + status;
    if (status >= 200 && status < 300) {
      return new Outcome.Sent("");
    }
    return switch (status) {
      case 410 -> new Outcome.Rejected(Reason.GONE, detail);
      case 429, 502, 504 -> new Outcome.Deferred(Reason.THROTTLED, detail, after(answer, now));
      default -> new Outcome.Deferred(Reason.UNAVAILABLE, detail, after(answer, now));
    };
  }

  private static @Nullable Duration after(Exchange.Answered answer, Instant now) {
    String value = answer.headers().get(HttpHeaders.RETRY_AFTER);
    String date = answer.headers().get(HttpHeaders.DATE);
    return RetryAfter.parse(value, date, now, LONGEST).orElse(null);
  }

  private static Outcome failed(Throwable cause, String otherwise) {
    return switch (cause) {
      case InterruptedException stopped -> deferred(Reason.LIMIT, "stopped");
      case TimeoutException late -> deferred(Reason.TIMEOUT, "no answer in time");
      case ConnectTimeoutException late -> deferred(Reason.TIMEOUT, "no connection in time");
      case SSLException slow when slow.getCause() instanceof SslHandshakeTimeoutException ->
          deferred(Reason.TIMEOUT, "no TLS in time");
      case SSLException refused -> deferred(Reason.CONNECTION, "TLS failed");
      default -> deferred(Reason.CONNECTION, otherwise);
    };
  }

  private static Outcome deferred(Reason reason, String detail) {
    return new Outcome.Deferred(reason, detail, null);
  }
}
