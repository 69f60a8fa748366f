package tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;

/**
 * One recipient's share of an update, as the record shows it.
 *
 * @param attempts failed attempts, and the one that succeeded
 * @param detail the provider's id of what was sent, else the reason and the provider's words
 * @param at of the last outcome, at most 100 ms late; null while nothing happened
 * @param receipt the provider's later word ({@code delivered}), null while there is none
 * @param nextAttemptAt for a deferred one
 */
public record Delivery(
    DeliveryId id,
    String incident,
    int sequence,
    Channel channel,
    DeliveryState state,
    int attempts,
    @Nullable String detail,
    @Nullable Instant at,
    @Nullable String receipt,
    @Nullable Instant nextAttemptAt) {}
