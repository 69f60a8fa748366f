package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/**
 * Every present subscriber in memory, as sets that answer a match in about a millisecond: exactly
 * the answer of {@link Affected}.
 *
 * <p><b>How it keeps up.</b> A frozen audience must hold every subscription committed before, so a
 * refresh must not miss a commit, and yet read only what is new. Every row carries the number of
 * the transaction that last changed it. Numbers are given when a transaction first writes, not when
 * it commits, so "greater than the greatest seen" would miss a slow transaction with a small number
 * that commits late. The watermark of a refresh is instead {@code pg_snapshot_xmin}, taken before
 * its rows are read: the least number still running. Every smaller number has ended, and what it
 * committed is visible to the rows read afterwards; whatever becomes visible later bears the
 * watermark or a greater number. So the next refresh reads {@code changed >= watermark} and there
 * is no gap, however transactions overlap. What it pays is reading some rows again, which changes
 * nothing: a long transaction elsewhere, or numbers greater than the server's own after a restore
 * from a dump, make refreshes slower, never wrong.
 *
 * <p>A refresh builds the next state beside the present one and then swaps them, so a match waits
 * for nobody and sees one state throughout. Callers who come while a refresh runs share the one
 * after it, since the running one may have taken its snapshot before their change.
 */
public final class AudienceIndex {
  private static final Logger log = LoggerFactory.getLogger(AudienceIndex.class);

  /**
   * @param watermark null: nothing was read yet
   */
  private record State(AudienceSets sets, @Nullable String watermark) {}

  private final AudienceRows rows;
  private final Object turn = new Object();
  private boolean running;
  private @Nullable Promise<Void> next;
  private volatile State state = new State(new AudienceSets(), null);

  public AudienceIndex(Pool pool) {
    this.rows = new AudienceRows(pool);
  }

  /** When it succeeds, every subscription committed before this call is in the index. */
  public Future<Void> refresh() {
    Promise<Void> done;
    synchronized (turn) {
      if (running) {
        next = next == null ? Promise.promise() : next;
        return next.future();
      }
      running = true;
      done = Promise.promise();
    }
    run(done);
    return done.future();
  }

  /**
   * The ids of who is affected, as of the last refresh, those who cannot be reached included. Holds
   * every channel; the sets are the caller's own. Needs one refresh before.
   */
  public Map<Channel, RoaringBitmap> match(List<Scope> affects, Impact impact) {
    State present = state;
    if (present.watermark() == null) {
      throw new IllegalStateException("match before the first refresh of the audience index");
    }
    return present.sets().match(affects, impact);
  }

  /**
   * The parts of a set of ids by the priority of their customers, as of the last refresh. Holds
   * every priority, a part may be empty, and nobody is in two; who is unknown is normal.
   */
  public Map<CustomerPriority, RoaringBitmap> split(RoaringBitmap ids) {
    return state.sets().split(ids);
  }

  private void run(Promise<Void> done) {
    read()
        .onComplete(result -> {
          Promise<Void> following;
          synchronized (turn) {
            following = next;
            next = null;
            running = following != null;
          }
          if (following != null) {
            run(following);
          }
          done.handle(result);
        });
  }

  private Future<Void> read() {
    State before = state;
    var change = new AudienceChange(before.sets());
    return rows.since(before.watermark(), change::apply)
        .<Void>map(watermark -> {
          state = new State(change.sets(), watermark);
          if (change.rows() > 0) {
            log.debug("audience.refreshed rows={} members={}", change.rows(), change.sets().size());
          }
          return null;
        });
  }
}
