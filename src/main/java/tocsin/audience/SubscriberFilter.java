package tocsin.audience;

import org.jspecify.annotations.Nullable;

/**
 * Which subscribers to list; null does not filter.
 *
 * @param address exactly, apart from case
 */
public record SubscriberFilter(
    @Nullable Channel channel,
    @Nullable String customer,
    @Nullable String address,
    @Nullable Standing standing) {

  public static final SubscriberFilter NONE = new SubscriberFilter(null, null, null, null);
}
