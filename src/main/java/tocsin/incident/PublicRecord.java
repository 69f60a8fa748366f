package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What everyone may read, over all incidents: updates that were told, never those on record. */
public final class PublicRecord {
  private static final int MOST_INCIDENTS = 60;
  private static final int MOST_READ = 2_000;

  private final Pool pool;

  public PublicRecord(Pool pool) {
    this.pool = pool;
  }

  /** The last public update of each incident: open ones first, then newest first; 60 at most. */
  public Future<List<Update>> incidents() {
    return pool.preparedQuery(
            Updates.SELECT
                + " from "
                + Updates.FROM
                + """
                 where u.notify and u.sequence =
                  (select max(m.sequence) from incident_update m
                    where m.incident = u.incident and m.notify)
                order by u.status in ('resolved', 'postmortem', 'completed'), u.id desc
                limit $1
                """)
        .execute(Tuple.of(MOST_INCIDENTS))
        .map(PublicRecord::updates);
  }

  /**
   * Newest first, all of those incidents that once affected the component in the region, out of the
   * last 2,000 updates.
   *
   * @param component null: any
   * @param region null: any
   */
  public Future<List<Update>> updates(
      @Nullable String component, @Nullable String region, int limit) {
    return pool.preparedQuery(
            Updates.SELECT
                + """
                 from (select * from incident_update where notify order by id desc limit $4) u
                join incident i on i.id = u.incident
                where exists (
                  select from incident_update m, jsonb_array_elements(m.affects) s
                  where m.incident = u.incident and m.notify
                    and ($1::text is null or coalesce(s->>'component', $1) = $1)
                    and ($2::text is null or coalesce(s->>'region', $2) = $2))
                order by u.id desc limit $3
                """)
        .execute(Tuple.of(component, region, limit, MOST_READ))
        .map(PublicRecord::updates);
  }

  private static List<Update> updates(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(Updates::of).toList();
  }
}
