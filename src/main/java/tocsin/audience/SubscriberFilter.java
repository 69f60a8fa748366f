package tocsin.audience;

import org.jspecify.annotations.Nullable;

/**
 * Which subscribers to list; null does not filter.
 *
 * @param address exactly, apart from case and the script of an e-mail address's domain
 * @param health of endpoints: active, throttled, quarantined or disabled
 */
public record SubscriberFilter(
    @Nullable Channel channel,
    @Nullable String customer,
    @Nullable String address,
    @Nullable Standing standing,
    @Nullable String health) {

  public static final SubscriberFilter NONE = new SubscriberFilter(null, null, null, null, null);

  /** The key under which an e-mail address is kept; anything else as it is, null included. */
  @Nullable String emailKey() {
    return address != null && EmailAddress.check(address) instanceof Address email
        ? email.key()
        : address;
  }
}
