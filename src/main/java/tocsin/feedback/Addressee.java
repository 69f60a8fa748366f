package tocsin.feedback;

import tocsin.audience.DeliveryId;

/** Whom a mail to us is for. */
sealed interface Addressee {

  /** The return path of one mail of an update. */
  record ReturnPathOf(DeliveryId delivery) implements Addressee {}

  /** The return path of a mail that tells of no update. */
  record ReturnPathOfNotice(int notice) implements Addressee {}

  /** Where a subscriber's mail program asks to be unsubscribed. */
  record Leaving(int subscriber) implements Addressee {}

  /** Where mailbox providers report what people do not want. */
  record Complaints() implements Addressee {}
}
