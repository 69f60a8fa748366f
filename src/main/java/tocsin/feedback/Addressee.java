package tocsin.feedback;

import tocsin.audience.DeliveryId;

/** Whom a mail to us is for. */
sealed interface Addressee {

  /** The return path of one mail of ours. */
  record ReturnPathOf(DeliveryId delivery) implements Addressee {}

  /** Where a subscriber's mail program asks to be unsubscribed. */
  record Leaving(int subscriber) implements Addressee {}

  /** Where mailbox providers report what people do not want. */
  record Complaints() implements Addressee {}
}
