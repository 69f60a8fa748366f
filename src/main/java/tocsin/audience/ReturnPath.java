package tocsin.audience;

import java.time.Instant;

/** Where mail servers send what they could not deliver: the sender in the envelope. */
public interface ReturnPath {

  /** An address in ASCII that goes into {@code MAIL FROM}. */
  String of(DeliveryId id, Instant now);

  /** The same address for every mail. */
  static ReturnPath fixed(String address) {
    return (id, now) -> address;
  }
}
