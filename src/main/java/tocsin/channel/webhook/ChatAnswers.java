package tocsin.channel.webhook;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import tocsin.audience.Dialect;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.http.Exchange;

/**
 * What Slack and Teams mean by answers that mean something else, or less, at other endpoints. Slack
 * names its reason in the body.
 */
final class ChatAnswers {
  private static final int LONGEST_WORDS = 200;

  /** The webhook was removed, or its channel archived. */
  private static final Set<String> SLACK_GONE =
      Set.of("no_service", "no_active_hooks", "no_team", "channel_is_archived");

  /** How a connector of Teams says that Teams itself wants less, with a status of 200. */
  private static final String TEAMS_THROTTLED = "HTTP error 429";

  private ChatAnswers() {}

  /** Empty where the status says it all, as with every other endpoint. */
  static Optional<Outcome> outcome(Dialect dialect, Exchange.Answered answer) {
    return switch (dialect) {
      case NATIVE, STATUSPAGE -> Optional.empty();
      case SLACK -> slack(answer.status(), words(answer.body()));
      case TEAMS -> teams(answer.status(), words(answer.body()));
    };
  }

  private static Optional<Outcome> slack(int status, String word) {
    String detail = "HTTP " + status;
    return switch (status) {
      case 400 -> Optional.of(new Outcome.Rejected(Reason.CONTENT, detail));
      case 404 ->
          SLACK_GONE.contains(word)
              ? Optional.of(new Outcome.Rejected(Reason.GONE, detail + " " + word))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Outcome> teams(int status, String words) {
    if (status == 413) {
      return Optional.of(new Outcome.Rejected(Reason.CONTENT, "HTTP 413"));
    }
    return status == 200 && words.contains(TEAMS_THROTTLED)
        ? Optional.of(new Outcome.Deferred(Reason.THROTTLED, "HTTP 200 with error 429", null))
        : Optional.empty();
  }

  private static String words(Buffer body) {
    return body.getString(0, Math.min(body.length(), LONGEST_WORDS), StandardCharsets.UTF_8.name())
        .strip();
  }
}
