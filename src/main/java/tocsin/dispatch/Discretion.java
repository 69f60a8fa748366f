package tocsin.dispatch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.audience.Address;
import tocsin.audience.Channel;
import tocsin.audience.Recipient;
import tocsin.channel.Outcome;

/**
 * Providers quote the recipient in what they say; the record, which outlives an erasure, does not.
 */
final class Discretion {
  private Discretion() {}

  static Outcome of(Outcome outcome, Recipient recipient) {
    return switch (outcome) {
      case Outcome.Sent(String providerId) when mayQuote(providerId, recipient) ->
          new Outcome.Sent(masked(providerId, recipient));
      case Outcome.Deferred deferred when mayQuote(deferred.detail(), recipient) ->
          new Outcome.Deferred(
              deferred.reason(), masked(deferred.detail(), recipient), deferred.after());
      case Outcome.Rejected rejected when mayQuote(rejected.detail(), recipient) ->
          new Outcome.Rejected(rejected.reason(), masked(rejected.detail(), recipient));
      default -> outcome;
    };
  }

  /** Cheap, since nearly nothing does. */
  private static boolean mayQuote(String text, Recipient recipient) {
    return switch (recipient.channel()) {
      case EMAIL -> text.indexOf('@') >= 0;
      case SMS -> text.contains(recipient.address().substring(1));
      case WEBHOOK -> text.contains(recipient.address());
    };
  }

  private static String masked(String text, Recipient recipient) {
    String address = recipient.address();
    // some write numbers without the plus
    String quoted =
        recipient.channel() == Channel.SMS
            ? "\\+?" + Pattern.quote(address.substring(1))
            : Pattern.quote(address);
    return Pattern.compile(quoted, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .replaceAll(
            Matcher.quoteReplacement(new Address(recipient.channel(), address, address).masked()));
  }
}
