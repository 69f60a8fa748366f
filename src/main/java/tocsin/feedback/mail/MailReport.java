package tocsin.feedback.mail;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.channel.email.Diagnosis;
import tocsin.feedback.mail.MailFeedback.Bounced;
import tocsin.feedback.mail.MailFeedback.Nothing;
import tocsin.feedback.mail.MailFeedback.Why;

/** A mail that came back, understood. */
public final class MailReport {
  private static final Pattern STATUS_IN_WORDS =
      Pattern.compile("(?im)^(?:Final-Recipient|Original-Recipient): ?[a-z0-9-]{1,20};");
  private static final Pattern ACTION = Pattern.compile("(?im)^Action: ?[a-z]");

  private MailReport() {}

  /**
   * @param sender in the envelope; empty for what must not be answered (RFC 5321, 4.5.5)
   * @param octets the beginning of it at least
   */
  public static MailFeedback of(String sender, byte[] octets) {
    ReadMail mail = MailReader.read(octets);
    return ComplaintReport.in(mail)
        .or(() -> status(mail))
        .orElseGet(() ->
            mail.ofType("message/disposition-notification").findAny().isPresent()
                ? new Nothing(Why.AUTOMATIC)
                : PlainReport.of(mail, sender));
  }

  /**
   * Whether a machine wrote it to a machine, so that nobody asks for anything: a report, an answer
   * (RFC 3834).
   */
  public static boolean isAnswer(String sender, byte[] octets) {
    ReadMail mail = MailReader.read(octets);
    return sender.isEmpty() || PlainReport.isAnswer(mail) || !isOrdinary(of(sender, octets));
  }

  private static boolean isOrdinary(MailFeedback feedback) {
    return feedback instanceof Nothing(Why why) && (why == Why.ORDINARY || why == Why.AUTOMATIC);
  }

  private static Optional<MailFeedback> status(ReadMail mail) {
    List<RecipientStatus> recipients =
        mail.parts().stream()
            .filter(MailReport::mayHoldStatus)
            .flatMap(part -> RecipientStatus.all(part.text()).stream())
            .toList();
    if (recipients.isEmpty()) {
      return Optional.empty();
    }
    Optional<Diagnosis> worst =
        recipients.stream()
            .filter(RecipientStatus::hasFailed)
            .map(recipient -> recipient.diagnosis(PlainReport.words(mail)))
            .max(Comparator.comparing(Diagnosis::bounceClass));
    Optional<MailFeedback> bounced = worst.map(Bounced::new);
    return bounced.or(() ->
        Optional.of(
            new Nothing(
                recipients.stream().anyMatch(RecipientStatus::isDelayed)
                    ? Why.DELAYED
                    : Why.DELIVERED)));
  }

  private static boolean mayHoldStatus(ReadMail.Part part) {
    return switch (part.type()) {
      case "message/delivery-status", "message/global-delivery-status" -> true;
      default ->
          part.isWords()
              && STATUS_IN_WORDS.matcher(part.text()).find()
              && ACTION.matcher(part.text()).find();
    };
  }
}
