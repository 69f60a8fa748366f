package tocsin.selfservice;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.selfservice.Confirmation.AlreadyConfirmed;
import tocsin.selfservice.Confirmation.Expired;
import tocsin.selfservice.Confirmation.NotYet;
import tocsin.selfservice.Confirmation.WrongCode;

/** What an attempt to confirm an opt-in deserves. */
sealed interface Verdict {
  int MOST_TRIES = 5;
  int MOST_CHALLENGES = 5;
  Duration BETWEEN_CHALLENGES = Duration.ofMinutes(1);

  /** It is their wish. */
  record Granted() implements Verdict {}

  record Refused(Confirmation answer) implements Verdict {}

  /** A wrong code, which counts. */
  record Counted(Confirmation answer) implements Verdict {}

  /** The endpoint is to be asked, which counts. */
  record Challenge() implements Verdict {}

  /**
   * @param code as typed; null: none
   */
  static Verdict of(OptInRow row, OptInCodes codes, @Nullable String code) {
    return switch (row.state()) {
      case CONFIRMED -> new Refused(new AlreadyConfirmed());
      case EXPIRED -> new Refused(new Expired());
      case OPEN ->
          switch (row.proof()) {
            case BUTTON -> new Granted();
            case CHALLENGE -> challenge(row);
            case CODE ->
                code == null && row.wish().channel() == Channel.WEBHOOK
                    ? challenge(row)
                    : code(row, codes, code);
          };
    };
  }

  private static Verdict code(OptInRow row, OptInCodes codes, @Nullable String code) {
    int left = MOST_TRIES - row.tries();
    if (left == 0 || code == null) {
      return new Refused(new WrongCode(left));
    }
    Integer codeOf = row.codeOf();
    return codeOf != null && codes.matches(codeOf, code)
        ? new Granted()
        : new Counted(new WrongCode(left - 1));
  }

  private static Verdict challenge(OptInRow row) {
    Instant last = row.challengedAt();
    if (row.challenges() >= MOST_CHALLENGES) {
      return new Refused(new Expired());
    }
    if (last == null || !last.plus(BETWEEN_CHALLENGES).isAfter(row.now())) {
      return new Challenge();
    }
    return new Refused(new NotYet(Duration.between(row.now(), last.plus(BETWEEN_CHALLENGES))));
  }
}
