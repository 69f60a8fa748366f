package tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * An audience that is being told, with what is left of it; parked chunks and retries are not.
 *
 * @param priority 0 to 11, 0 goes first
 * @param chunks those that are not done
 * @param gone members of these that are settled or retries; never modified
 * @param waiting retries that wait for a limit or a host, by its key
 * @param deferred retries that wait for their time
 * @param lastDue when the last of these is due; null where there is none
 */
public record OpenAudience(
    int id,
    int update,
    int priority,
    List<OpenChunk> chunks,
    RoaringBitmap gone,
    Map<String, Integer> waiting,
    int deferred,
    @Nullable Instant lastDue) {

  /**
   * @param left members that are neither settled nor retries
   */
  public record OpenChunk(int number, int left) {}

  public OpenAudience {
    chunks = List.copyOf(chunks);
    waiting = Map.copyOf(waiting);
  }
}
