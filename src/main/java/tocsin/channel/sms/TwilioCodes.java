package tocsin.channel.sms;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

/** What Twilio's refusals come to. Unknown codes are soft: Twilio may change them. */
final class TwilioCodes {
  private static final Duration QUEUE_FULL = Duration.ofMinutes(1);

  private TwilioCodes() {}

  /**
   * @param status of HTTP, never 2xx
   * @param code Twilio's, 0 if the answer named none
   */
  static Outcome outcome(int status, int code) {
    if (status >= 500) {
      return deferred(Reason.UNKNOWN, status, code, null);
    }
    if (status == 429) {
      return deferred(Reason.THROTTLED, status, code, null);
    }
    return switch (code) {
      case 20429 -> deferred(Reason.THROTTLED, status, code, null);
      case 21611 -> deferred(Reason.THROTTLED, status, code, QUEUE_FULL);
      // credentials, the account, a trial account, the sender, the messaging service
      case 20003, 20005, 30002, 21219, 21608, 21212, 21606, 21703, 21704, 21705 ->
          deferred(Reason.OPERATOR, status, code, null);
      case 21211, 21217, 21614 -> rejected(Reason.ADDRESS, status, code);
      case 21610 -> rejected(Reason.OPTED_OUT, status, code);
      // a country that is switched off, no route from the sender
      case 21408, 21612 -> deferred(Reason.ROUTE, status, code, null);
      case 21602, 21603, 21604, 21609, 21617, 21618, 90007 ->
          rejected(Reason.REQUEST, status, code);
      default -> byStatus(status, code);
    };
  }

  /** Whether a refused route concerns the sender too, and not the country alone. */
  static boolean isOfPair(String detail) {
    return detail.startsWith("Twilio 21612,");
  }

  private static Outcome byStatus(int status, int code) {
    return switch (status) {
      case 401, 403, 404 -> deferred(Reason.OPERATOR, status, code, null);
      default -> deferred(Reason.UNAVAILABLE, status, code, null);
    };
  }

  private static Outcome deferred(Reason reason, int status, int code, @Nullable Duration after) {
    return new Outcome.Deferred(reason, detail(status, code), after);
  }

  private static Outcome rejected(Reason reason, int status, int code) {
    return new Outcome.Rejected(reason, detail(status, code));
  }

  private static String detail(int status, int code) {
    return code == 0 ? "HTTP " + status : "Twilio " + code + ", HTTP " + status;
  }
}
