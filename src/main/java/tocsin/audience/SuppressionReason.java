package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** Why an address may not become a subscriber by the API or an import. */
public enum SuppressionReason {
  BOUNCE(Standing.QUARANTINED),
  COMPLAINT(Standing.UNSUBSCRIBED),
  UNSUBSCRIBED(Standing.UNSUBSCRIBED),
  ERASED(Standing.DELETED),
  /** The operator's own decision, which a person's opt-in does not lift. */
  MANUAL(Standing.QUARANTINED);

  private final Standing standing;

  SuppressionReason(Standing standing) {
    this.standing = standing;
  }

  /** The word in JSON and SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What becomes of a subscriber with the address. */
  Standing standing() {
    return standing;
  }

  /** What is wrong with an address for this reason, in words. */
  String complaint() {
    return "is on the suppression list (" + word() + ")";
  }

  public static Optional<SuppressionReason> of(String word) {
    for (SuppressionReason reason : values()) {
      if (reason.word().equals(word)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
