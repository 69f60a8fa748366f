package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.audience.Dialect;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.http.Exchange;

/** What Slack and Teams answer, and what becomes of it. */
class ChatAnswersTest {

  @ParameterizedTest
  @CsvSource({
    "SLACK, 200, ok",
    "TEAMS, 202, ''",
    "TEAMS, 200, 1",
    "NATIVE, 200, HTTP error 429",
    "STATUSPAGE, 204, ''"
  })
  void successIsSent(Dialect dialect, int status, String body) {
    assertThat(outcome(dialect, status, body)).isEqualTo(new Outcome.Sent(""));
  }

  @ParameterizedTest
  @CsvSource({
    "SLACK, 404, no_service, GONE",
    "SLACK, 404, no_active_hooks, GONE",
    "SLACK, 404, no_team, GONE",
    "SLACK, 410, channel_is_archived, GONE",
    "SLACK, 400, invalid_payload, CONTENT",
    "TEAMS, 413, too big, CONTENT",
    "TEAMS, 410, '', GONE",
    "NATIVE, 410, '', GONE"
  })
  void whatNeverWorksIsRejected(Dialect dialect, int status, String body, Reason reason) {
    assertThat(outcome(dialect, status, body))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "SLACK, 404, <html>, UNAVAILABLE",
    "SLACK, 403, action_prohibited, UNAVAILABLE",
    "SLACK, 429, '', THROTTLED",
    "SLACK, 500, rollup_error, UNAVAILABLE",
    "TEAMS, 404, '', UNAVAILABLE",
    "TEAMS, 429, '', THROTTLED",
    "TEAMS, 200, 'delivery failed: HTTP error 429 with ContextId x', THROTTLED",
    "NATIVE, 404, no_service, UNAVAILABLE",
    "NATIVE, 400, invalid_payload, UNAVAILABLE"
  })
  void whatMayWorkLaterIsDeferred(Dialect dialect, int status, String body, Reason reason) {
    assertThat(outcome(dialect, status, body))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(reason));
  }

  @Test
  void slackSaysHowLongToWait() {
    var headers = MultiMap.caseInsensitiveMultiMap().add("Retry-After", "30");

    assertThat(
            WebhookAnswers.outcome(
                Dialect.SLACK, new Exchange.Answered(429, headers, Buffer.buffer()), Instant.EPOCH))
        .isEqualTo(new Outcome.Deferred(Reason.THROTTLED, "HTTP 429", Duration.ofSeconds(30)));
  }

  private static Outcome outcome(Dialect dialect, int status, String body) {
    var answer =
        new Exchange.Answered(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body));
    return WebhookAnswers.outcome(dialect, answer, Instant.EPOCH);
  }
}
