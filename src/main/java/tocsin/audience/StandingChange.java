package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody leaves, or can no longer be reached: the standing changes, and where that ends a consent
 * its proof is written by the same statement. What no call of the API led to is noted for the
 * audit.
 *
 * @param from the standings that it changes; others stay
 */
public record StandingChange(Standing to, Set<Standing> from, Evidence evidence) {

  public StandingChange {
    from = Set.copyOf(from);
  }

  /** Nobody sends to them from now on; who had left has nothing more to withdraw. */
  static StandingChange deletion(Evidence evidence) {
    return new StandingChange(
        Standing.DELETED,
        EnumSet.of(Standing.ACTIVE, Standing.QUARANTINED, Standing.DISABLED),
        evidence);
  }

  /**
   * Of who was erased nothing changes any more.
   *
   * @return whether it changed anything
   */
  public Future<Boolean> apply(SqlClient client, int subscriber) {
    return client
        .preparedQuery(
            """
            with gone as (
              update subscriber
              set standing = $2, standing_at = now(), changed = pg_current_xact_id()
              where id = $1 and standing = any ($3) and address_key <> 'erased:' || id
              returning id, channel, standing, standing_at
            ), proof as (
              insert into consent (subscriber, kind, channel, source, actor, ip, user_agent, at)
              select id, 'withdrawn', channel, $4::text, $5::text, $6, $7, standing_at from gone
              where standing in ('unsubscribed', 'opted_out', 'deleted')
            ), note as (
              insert into audit (actor, action, subject, outcome)
              select $4, standing, '/v1/subscribers/' || id, 'done' from gone where $5 is null
            )
            select id from gone
            """)
        .execute(
            Tuple.from(
                new @Nullable Object[] {
                  subscriber,
                  to.word(),
                  from.stream().map(Standing::word).toArray(String[]::new),
                  evidence.source(),
                  evidence.actor(),
                  evidence.ip(),
                  evidence.userAgent()
                }))
        .map(rows -> rows.size() == 1);
  }
}
