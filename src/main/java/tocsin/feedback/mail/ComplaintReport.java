package tocsin.feedback.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.feedback.mail.MailFeedback.Complained;
import tocsin.feedback.mail.MailFeedback.Nothing;
import tocsin.feedback.mail.MailFeedback.Why;

/** Reports of mailbox providers on what people think of a mail (RFC 5965), and older forms. */
final class ComplaintReport {
  private static final Pattern FEEDBACK_TYPE =
      Pattern.compile("(?im)^Feedback-Type:[ \t]*[a-z-]{1,40}");
  private static final Pattern WITHOUT_REPORT =
      Pattern.compile("(?i)^complaint about message from|^abuse report");

  private ComplaintReport() {}

  /** Empty where it is none. */
  static Optional<MailFeedback> in(ReadMail mail) {
    return fields(mail)
        .map(report -> feedback(report, mail))
        .or(() ->
            WITHOUT_REPORT.matcher(mail.header().first("subject")).find()
                    && mail.parts().stream().anyMatch(ReadMail.Part::isMail)
                ? Optional.of(new Complained("abuse", reported(mail, "")))
                : Optional.empty());
  }

  private static Optional<String> fields(ReadMail mail) {
    Optional<String> part =
        mail.ofType("message/feedback-report").map(ReadMail.Part::text).findFirst();
    return part.or(() ->
        mail.header().first("content-type").toLowerCase(Locale.ROOT).contains("feedback-report")
            ? mail.parts().stream()
                .map(ReadMail.Part::text)
                .filter(text -> FEEDBACK_TYPE.matcher(text).find())
                .findFirst()
            : Optional.empty());
  }

  private static MailFeedback feedback(String report, ReadMail mail) {
    Fields fields = Fields.of(report.stripLeading());
    String type = fields.first("feedback-type").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "not-spam", "auth-failure", "dmarc" -> new Nothing(Why.NO_COMPLAINT);
      default -> new Complained(type.isEmpty() ? "other" : type, reported(mail, report));
    };
  }

  private static ReportedMail reported(ReadMail mail, String report) {
    Fields fields = Fields.of(report.stripLeading());
    String original =
        mail.parts().stream()
            .filter(ReadMail.Part::isMail)
            .map(ReadMail.Part::text)
            .findFirst()
            .orElse("");
    String header = original.split("\\R[ \t]*\\R", 2)[0];
    Fields ours = Fields.of(original);
    List<String> returnPaths = new ArrayList<>();
    for (String path : List.of(ours.first("return-path"), fields.first("original-mail-from"))) {
      String address = path.replaceAll("[<>\\s]", "");
      if (!address.isEmpty()) {
        returnPaths.add(address);
      }
    }
    return new ReportedMail(
        returnPaths, ours.first("list-unsubscribe"), (report + "\n" + header).strip());
  }
}
