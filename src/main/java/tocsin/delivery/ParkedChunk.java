package tocsin.delivery;

import java.time.Instant;
import tocsin.audience.Channel;

/**
 * A chunk that is not worked on, as a whole or some of its retries: whoever claimed it did not live
 * to settle it, several times in a row.
 *
 * @param size all members of the chunk
 * @param pending those that wait until somebody requeues them
 */
public record ParkedChunk(
    int audience,
    int number,
    String incident,
    int sequence,
    Channel channel,
    int size,
    int pending,
    Instant since) {}
