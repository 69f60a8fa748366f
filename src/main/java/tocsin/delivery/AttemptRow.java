package tocsin.delivery;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.http.Exchange;
import tocsin.channel.webhook.Attempt;

/**
 * What is kept of an attempt that an endpoint did not take; bounded.
 *
 * @param body the whole request body, shared with other rows
 * @param reason null if it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // shared bytes, never compared
record AttemptRow(
    int subscriber,
    int audience,
    Instant at,
    Duration took,
    String outcome,
    @Nullable Reason reason,
    @Nullable String detail,
    @Nullable String requestHeaders,
    UUID bodyHash,
    byte[] body,
    @Nullable Integer status,
    @Nullable String responseHeaders,
    @Nullable String responseBody) {

  private static final int LONGEST_BODY = 2_000;

  static AttemptRow of(Attempt attempt, UUID bodyHash) {
    Exchange.Answered answer = attempt.answer();
    return new AttemptRow(
        attempt.message().id().subscriber(),
        attempt.message().id().audience(),
        attempt.at(),
        attempt.took(),
        word(attempt.outcome()),
        reason(attempt.outcome()),
        detail(attempt.outcome()),
        HeaderText.of(attempt.request()),
        bodyHash,
        attempt.message().body(),
        answer == null ? null : Integer.valueOf(answer.status()),
        answer == null ? null : HeaderText.of(answer.headers()),
        answer == null ? null : text(answer.body(), LONGEST_BODY));
  }

  @Nullable String reasonWord() {
    return reason == null ? null : reason.word();
  }

  static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sent sent -> DeliveryState.SENT.word();
      case Outcome.Deferred deferred -> DeliveryState.DEFERRED.word();
      case Outcome.Rejected rejected -> DeliveryState.FAILED.word();
    };
  }

  static @Nullable Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sent sent -> null;
      case Outcome.Deferred deferred -> deferred.reason();
      case Outcome.Rejected rejected -> rejected.reason();
    };
  }

  static @Nullable String detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sent sent -> null;
      case Outcome.Deferred deferred -> deferred.detail();
      case Outcome.Rejected rejected -> rejected.detail();
    };
  }

  /** What of an answer's body is shown: so many bytes. */
  static String text(Buffer body, int longest) {
    int length = Math.min(body.length(), longest);
    return length == 0
        ? ""
        : new String(body.getBytes(0, length), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }

  /** When the endpoint may be asked again; null if it asked for nothing. */
  static @Nullable Instant throttledUntil(Attempt attempt) {
    Duration pause =
        attempt.outcome() instanceof Outcome.Deferred deferred ? deferred.pause() : null;
    return pause == null ? null : attempt.at().plus(attempt.took()).plus(pause);
  }
}
