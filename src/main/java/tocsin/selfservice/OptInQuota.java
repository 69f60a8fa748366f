package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tocsin.selfservice.TooManyOptIns.Source;

/** How many opt-ins are taken within an hour, counted over all nodes. */
record OptInQuota(int perHour) {

  /** Opt-ins are written one after the other, so that no two of them pass for the last one. */
  static Future<Void> turn(SqlConnection transaction) {
    return transaction
        .query("select pg_advisory_xact_lock(hashtext('tocsin opt-in'))")
        .execute()
        .mapEmpty();
  }

  /** Fails with {@link TooManyOptIns}. */
  Future<Void> check(SqlClient client, Visitor visitor) {
    return client
        .preparedQuery(
            """
            select
              extract(epoch from (
                select requested_at from opt_in
                where network = $1::text::cidr and requested_at > now() - interval '1 hour'
                order by requested_at desc offset $2 limit 1)
                + interval '1 hour' - now())::float8 as visitor,
              extract(epoch from (
                select requested_at from opt_in where requested_at > now() - interval '1 hour'
                order by requested_at desc offset $3 limit 1)
                + interval '1 hour' - now())::float8 as everybody
            """)
        .execute(Tuple.of(visitor.network(), OptInRules.PER_HOUR_AND_VISITOR - 1, perHour - 1))
        .map(rows -> admitted(rows.iterator().next()));
  }

  private static @Nullable Void admitted(Row row) {
    Double visitor = row.getDouble("visitor");
    Double everybody = row.getDouble("everybody");
    if (visitor != null) {
      throw new TooManyOptIns(Source.VISITOR, wait(visitor));
    }
    if (everybody != null) {
      throw new TooManyOptIns(Source.EVERYBODY, wait(everybody));
    }
    return null;
  }

  private static Duration wait(double seconds) {
    return Duration.ofSeconds(Math.max(1, (long) Math.ceil(seconds)));
  }
}
