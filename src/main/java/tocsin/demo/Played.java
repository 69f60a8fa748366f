package tocsin.demo;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One update of the recording after it was replayed.
 *
 * @param posted when the original was; null where that is not known
 */
record Played(int sequence, Step step, @Nullable OffsetDateTime posted, Reckoning reckoning) {}
