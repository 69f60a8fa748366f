package tocsin.delivery;

import java.util.Locale;
import tocsin.audience.Standing;

/** Where one delivery stands; all but the first two are final. */
public enum DeliveryState {
  PENDING,
  /** Tried or held, and due again. */
  DEFERRED,
  SENT,
  FAILED,
  SUPPRESSED,
  WITHDRAWN,
  SUPERSEDED;

  /** The word in JSON, SQL and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What becomes of a message to somebody who may not be messaged.
   *
   * @param standing any but ACTIVE
   */
  public static DeliveryState withoutSending(Standing standing) {
    return standing.hasLeft() ? WITHDRAWN : SUPPRESSED;
  }

  /** Of a word that {@link #word} made. */
  static DeliveryState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
