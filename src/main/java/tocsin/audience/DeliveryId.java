package tocsin.audience;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message to one subscriber, the same on every attempt. Its text form is the stem of the
 * Message-ID, the {@code webhook-id} and the reference in provider callbacks: lower-case letters,
 * digits and {@code _} only.
 *
 * @param audience id of the frozen audience, so of one update on one channel
 */
public record DeliveryId(int audience, int subscriber) {
  private static final Pattern FORM = Pattern.compile("d([0-9a-z]{1,6})_([0-9a-z]{1,6})");

  /** False for what goes to a subscriber and tells of no update: a test, a notice. */
  public boolean isOfAnUpdate() {
    return audience > 0;
  }

  @Override
  public String toString() {
    return "d" + Integer.toString(audience, 36) + "_" + Integer.toString(subscriber, 36);
  }

  /** Empty for anything that {@link #toString} cannot have made. */
  public static Optional<DeliveryId> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long audience = Long.parseLong(form.group(1), 36);
    long subscriber = Long.parseLong(form.group(2), 36);
    if (audience > Integer.MAX_VALUE || subscriber > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(new DeliveryId((int) audience, (int) subscriber));
  }
}
