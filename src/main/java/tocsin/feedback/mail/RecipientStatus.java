package tocsin.feedback.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;
import tocsin.channel.email.StatusCode;

/**
 * What a delivery status notification says of one recipient (RFC 3464, 2.3).
 *
 * @param action in lower case, as far as it is a word
 * @param diagnosticType {@code smtp}, {@code x-unix}; in lower case, or empty
 * @param diagnostic what the last server said, or empty
 */
record RecipientStatus(String action, StatusCode status, String diagnosticType, String diagnostic) {
  private static final int MOST = 100;
  private static final Pattern NEXT_RECIPIENT =
      Pattern.compile("(?im)\\R(?:[ \t]*\\R)+|\\R(?=Final-Recipient:)");

  /** Blocks with neither an action nor a status are those of the whole mail. */
  static List<RecipientStatus> all(String report) {
    List<RecipientStatus> all = new ArrayList<>();
    for (String block : NEXT_RECIPIENT.split(report, MOST)) {
      of(Fields.of(block.stripLeading())).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<RecipientStatus> of(Fields fields) {
    if (!fields.has("action") && !fields.has("status")) {
      return Optional.empty();
    }
    String diagnostic = fields.first("diagnostic-code");
    int type = diagnostic.indexOf(';');
    boolean typed = type >= 0 && diagnostic.substring(0, type).matches("[\\w./ -]{1,20}");
    return Optional.of(
        new RecipientStatus(
            fields.first("action").split("[^\\w-]", 2)[0].toLowerCase(Locale.ROOT),
            StatusCode.at(fields.first("status")).orElse(StatusCode.NONE),
            typed ? diagnostic.substring(0, type).strip().toLowerCase(Locale.ROOT) : "",
            typed ? diagnostic.substring(type + 1).strip() : diagnostic));
  }

  /** Some write no action, or a word of their own. */
  boolean hasFailed() {
    return switch (action) {
      case "delayed", "delivered", "relayed", "expanded" -> false;
      case "failed" -> true;
      default -> status.isLasting();
    };
  }

  boolean isDelayed() {
    return action.equals("delayed") || (action.isEmpty() && status.isTransient());
  }

  /**
   * A server's own words, where they have a code, are better than what was made of them.
   *
   * @param words what the report says to people, for where nothing else says why
   */
  Diagnosis diagnosis(String words) {
    Diagnosis said = Diagnosis.in(diagnostic);
    boolean ofServer = diagnosticType.isEmpty() || diagnosticType.contains("smtp");
    StatusCode best =
        (ofServer || !status.isSpecific()) && said.status().isSpecific() ? said.status() : status;
    Diagnosis diagnosis =
        new Diagnosis(best.kind() == 0 ? said.status() : best, said.reply(), said.text());
    if (diagnosis.bounceClass() != BounceClass.UNKNOWN || words.isBlank()) {
      return diagnosis;
    }
    Diagnosis told = Diagnosis.in(words);
    return told.bounceClass() == BounceClass.UNKNOWN ? diagnosis : told;
  }
}
