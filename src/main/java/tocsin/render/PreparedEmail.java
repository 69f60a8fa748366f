package tocsin.render;

import java.time.Instant;
import tocsin.audience.DeliveryId;

/** A mail of one update, locale and zone, lacking only what differs between recipients. */
public final class PreparedEmail implements Prepared {
  PreparedEmail() {}

  /**
   * The mail to one recipient: the whole MIME message, CRLF line ends.
   *
   * @param now for the Date header
   */
  public byte[] patched(String recipient, DeliveryId id, String unsubscribeToken, Instant now) {
    return new byte[0];
  }
}
