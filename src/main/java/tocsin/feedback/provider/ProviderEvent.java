package tocsin.feedback.provider;

import tocsin.audience.DeliveryId;
import tocsin.channel.email.BounceClass;

/** What a provider says of one mail, or of one address. */
public sealed interface ProviderEvent {

  /**
   * It was refused for good.
   *
   * @param status enhanced code, or empty
   */
  record Refused(DeliveryId delivery, BounceClass bounce, String status, String detail)
      implements ProviderEvent {}

  /**
   * It was reported as unwanted.
   *
   * @param type as the provider calls it
   * @param proof the event as it came
   */
  record Unwanted(Concerned who, String type, String proof) implements ProviderEvent {}

  /** The recipient asked the provider for no more. */
  record Left(Concerned who) implements ProviderEvent {}

  /** Whom it is about. */
  sealed interface Concerned {
    /** The recipient of a mail of ours. */
    record Recipient(DeliveryId delivery) implements Concerned {}

    /** Who has an address: not every event says of which mail it is. */
    record Holder(String address) implements Concerned {}
  }
}
