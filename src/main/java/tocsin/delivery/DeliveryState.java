package tocsin.delivery;

import java.util.Locale;

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

  /** Of a word that {@link #word} made. */
  static DeliveryState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
