package tocsin.feedback.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tocsin.audience.DeliveryId;
import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;
import tocsin.channel.email.StatusCode;
import tocsin.feedback.provider.ProviderEvent.Concerned;
import tocsin.feedback.provider.ProviderEvent.Refused;
import tocsin.feedback.provider.ProviderEvent.Unwanted;

/** What SES says of a mail, under both of the names that it gives to the kind. */
final class SesNotification {
  private static final int LONGEST_PROOF = 4_000;

  private SesNotification() {}

  static List<ProviderEvent> events(Tree message) {
    Optional<DeliveryId> delivery = delivery(message);
    String kind =
        message.text("notificationType").isEmpty()
            ? message.text("eventType")
            : message.text("notificationType");
    return delivery
        .flatMap(id ->
            switch (kind) {
              case "Bounce" -> bounced(id, message.at("bounce"));
              case "Complaint" -> complained(id, message);
              default -> Optional.<ProviderEvent>empty();
            })
        .stream()
        .toList();
  }

  /** SES gives mails an id of its own, and shows ours among the headers. */
  private static Optional<DeliveryId> delivery(Tree message) {
    List<String> ids = new ArrayList<>();
    for (Tree header : message.elements("mail", "headers")) {
      if (header.text("name").equalsIgnoreCase("Message-ID")) {
        ids.add(header.text("value"));
      }
    }
    ids.add(message.text("mail", "commonHeaders", "messageId"));
    String source = message.text("mail", "source");
    if (source.startsWith("b.")) {
      ids.add(source.split("\\.", 3)[1].replace('-', '_'));
    }
    return ids.stream().flatMap(id -> MessageIds.delivery(id).stream()).findFirst();
  }

  /** The worst of its recipients, of whom our mails have one; no reason at all is an absence. */
  private static Optional<ProviderEvent> bounced(DeliveryId delivery, Tree bounce) {
    return bounce.elements("bouncedRecipients").stream()
        .flatMap(recipient -> refused(delivery, bounce, recipient).stream())
        .max(java.util.Comparator.comparing(Refused::bounce))
        .map(ProviderEvent.class::cast);
  }

  private static Optional<Refused> refused(DeliveryId delivery, Tree bounce, Tree recipient) {
    String said = recipient.text("diagnosticCode");
    StatusCode status = StatusCode.at(recipient.text("status")).orElse(StatusCode.NONE);
    String subType = bounce.text("bounceSubType");
    boolean transientOne = bounce.text("bounceType").equals("Transient");
    if (transientOne && subType.equals("General") && said.isBlank() && status.kind() == 0) {
      return Optional.empty();
    }
    Diagnosis words = Diagnosis.in(said);
    Diagnosis diagnosis =
        status.isSpecific() || words.status().kind() == 0
            ? new Diagnosis(status, words.reply(), words.text())
            : words;
    BounceClass known = diagnosis.bounceClass();
    return Optional.of(
        new Refused(
            delivery,
            known == BounceClass.UNKNOWN ? bySubType(bounce.text("bounceType"), subType) : known,
            diagnosis.status().toString(),
            said));
  }

  private static BounceClass bySubType(String type, String subType) {
    return switch (subType) {
      case "MailboxFull" -> BounceClass.SOFT;
      case "MessageTooLarge", "ContentRejected", "AttachmentRejected" -> BounceClass.CONTENT;
      default ->
          switch (type) {
            case "Permanent" -> BounceClass.HARD;
            case "Transient" -> BounceClass.SOFT;
            default -> BounceClass.UNKNOWN;
          };
    };
  }

  private static Optional<ProviderEvent> complained(DeliveryId delivery, Tree message) {
    String type = message.text("complaint", "complaintFeedbackType").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "not-spam", "auth-failure" -> Optional.empty();
      default ->
          Optional.of(
              new Unwanted(
                  new Concerned.Recipient(delivery),
                  type.isEmpty() ? "other" : type,
                  bounded(message.at("complaint").toString())));
    };
  }

  private static String bounded(String proof) {
    return proof.substring(0, Math.min(proof.length(), LONGEST_PROOF));
  }
}
