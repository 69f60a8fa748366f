package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** Whether a subscriber may be messaged, and if not, why. */
public enum Standing {
  ACTIVE,
  /** The address does not work: hard bounce, invalid number. */
  QUARANTINED,
  /** The endpoint answered 410. */
  DISABLED,
  /** The carrier or provider blocks us on the person's word (STOP). */
  OPTED_OUT,
  /** Left by themselves, by a link of ours. */
  UNSUBSCRIBED,
  /** Removed by the operator. */
  DELETED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in JSON, SQL and metrics. */
  public String word() {
    return word;
  }

  public static Optional<Standing> of(String word) {
    for (Standing standing : values()) {
      if (standing.word().equals(word)) {
        return Optional.of(standing);
      }
    }
    return Optional.empty();
  }

  /** Is no longer a subscriber: matches nothing, and what was planned is {@code withdrawn}. */
  public boolean hasLeft() {
    return this == UNSUBSCRIBED || this == DELETED;
  }

  /** Is a subscriber but cannot be reached: matches, and is {@code suppressed}. */
  public boolean isSuppressed() {
    return this == QUARANTINED || this == DISABLED || this == OPTED_OUT;
  }
}
