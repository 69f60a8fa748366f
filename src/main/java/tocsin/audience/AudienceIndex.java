package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/** Every present subscriber in memory, as sets that answer a match in well under a millisecond. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class AudienceIndex {
  private final Pool pool;

  public AudienceIndex(Pool pool) {
    this.pool = pool;
  }

  /** When it succeeds, every subscription committed before this call is in the index. */
  public Future<Void> refresh() {
    throw new UnsupportedOperationException("" + pool);
  }

  /**
   * The ids of who is affected, as of the last refresh, those who cannot be reached included. Holds
   * every channel; the sets are the caller's own. Needs one refresh before.
   */
  public Map<Channel, RoaringBitmap> match(List<Scope> affects, Impact impact) {
    throw new UnsupportedOperationException();
  }
}
