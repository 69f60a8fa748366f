package tocsin.delivery;

import java.time.Instant;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;

/**
 * A delivery that failed for good, unless somebody requeues it.
 *
 * @param attempts failed ones
 * @param reason the word of a {@link tocsin.channel.Reason}
 * @param detail the reason and the provider's words
 */
public record DeadLetter(
    DeliveryId id,
    int chunk,
    String incident,
    int sequence,
    Channel channel,
    int attempts,
    String reason,
    String detail,
    Instant at) {}
