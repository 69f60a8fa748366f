package tocsin.limit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Where all nodes together reserve slots, each of which is given to one node only. */
public interface SlotSource {
  /** Slots further ahead than this are not given out. */
  Duration HORIZON = Duration.ofMillis(200);

  /**
   * One grant for each want, in any order; where none comes back, it is worth asking again. No key
   * comes twice.
   */
  Future<List<Grant>> reserve(List<Want> wants);
}
