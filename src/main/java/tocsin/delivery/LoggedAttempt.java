package tocsin.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;
import tocsin.channel.webhook.Attempt;

/**
 * One attempt at an endpoint, as the log shows it.
 *
 * @param outcome sent, deferred or failed
 * @param reason the word of a {@link tocsin.channel.Reason}; null if it was sent
 * @param requestHeaders JSON; null where it did not come to a request
 * @param requestBody null where it is not kept any more
 * @param status null where no answer came
 * @param responseHeaders JSON
 */
public record LoggedAttempt(
    AttemptId id,
    DeliveryId delivery,
    Instant at,
    Duration took,
    String outcome,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String requestHeaders,
    @Nullable String requestBody,
    @Nullable Integer status,
    @Nullable String responseHeaders,
    @Nullable String responseBody) {

  /** For the page after this one. */
  public AttemptCursor cursor() {
    return new AttemptCursor(at, id);
  }

  /** Of one that is in no log. */
  public static LoggedAttempt of(Attempt attempt) {
    AttemptRow row = AttemptRow.of(attempt, UNSTORED);
    return new LoggedAttempt(
        AttemptId.NONE,
        attempt.message().id(),
        row.at(),
        row.took(),
        row.outcome(),
        row.reasonWord(),
        row.detail(),
        row.requestHeaders(),
        new String(row.body(), StandardCharsets.UTF_8),
        row.status(),
        row.responseHeaders(),
        row.responseBody());
  }

  private static final UUID UNSTORED = new UUID(0, 0);
}
