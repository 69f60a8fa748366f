package tocsin.feedback;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.SignedReturnPath;
import tocsin.feedback.mail.ReportedMail;

/** The addresses that we take mail for: nobody can make up one that names a mail or a person. */
public final class Addressees {
  private static final String COMPLAINTS = "fbl@";
  private static final Pattern TOKEN =
      Pattern.compile("(?:/u/|\\+)([A-Za-z2-7]{32})(?![A-Za-z0-9])");

  private final @Nullable SignedReturnPath returnPath;
  private final @Nullable String complaints;
  private final @Nullable String unsubscribe;
  private final LinkTokens tokens;
  private final InstantSource clock;

  /**
   * @param bounceDomain whose return paths these are; null, as they, where mails have none
   * @param unsubscribe the mailbox that takes a token behind a plus sign; null: there is none
   */
  public Addressees(
      @Nullable SignedReturnPath returnPath,
      @Nullable String bounceDomain,
      @Nullable String unsubscribe,
      LinkTokens tokens,
      InstantSource clock) {
    this.returnPath = returnPath;
    this.complaints = bounceDomain == null ? null : COMPLAINTS + bounceDomain;
    this.unsubscribe = unsubscribe == null ? null : unsubscribe.toLowerCase(Locale.ROOT);
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Empty for everybody else's, and for what is forged or too old. */
  Optional<Addressee> of(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    if (lower.equals(complaints)) {
      return Optional.of(new Addressee.Complaints());
    }
    return named(lower).map(Addressees::returnPathOf).or(() -> leaving(lower));
  }

  /** The mail that a report is about, by what only we can have written into it. */
  Optional<DeliveryId> reported(ReportedMail mail) {
    return mail.returnPaths().stream()
        .flatMap(path -> named(path).stream())
        .filter(DeliveryId::isOfAnUpdate)
        .findFirst();
  }

  /** The subscriber of the mail that a report is about, by the link in its header. */
  OptionalInt subscriber(ReportedMail mail) {
    Matcher token = TOKEN.matcher(mail.unsubscribe());
    while (token.find()) {
      OptionalInt subscriber = subscriber(token.group(1));
      if (subscriber.isPresent()) {
        return subscriber;
      }
    }
    return OptionalInt.empty();
  }

  private OptionalInt subscriber(String token) {
    return tokens.read(Purpose.UNSUBSCRIBE, token).stream().mapToInt(Link::id).findFirst();
  }

  private static Addressee returnPathOf(DeliveryId mail) {
    return mail.isOfAnUpdate()
        ? new Addressee.ReturnPathOf(mail)
        : new Addressee.ReturnPathOfNotice(mail.subscriber());
  }

  private Optional<DeliveryId> named(String address) {
    return returnPath == null ? Optional.empty() : returnPath.named(address, clock.instant());
  }

  private Optional<Addressee> leaving(String address) {
    int at = address.lastIndexOf('@');
    int plus = address.indexOf('+');
    if (unsubscribe == null
        || plus < 0
        || at < plus
        || !unsubscribe.equals(address.substring(0, plus) + address.substring(at))) {
      return Optional.empty();
    }
    OptionalInt subscriber = subscriber(address.substring(plus + 1, at));
    return subscriber.isPresent()
        ? Optional.of(new Addressee.Leaving(subscriber.getAsInt()))
        : Optional.empty();
  }
}
