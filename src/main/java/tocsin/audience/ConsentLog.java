package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proof of who agreed and who took it back: appended to, never changed. */
public final class ConsentLog {
  private final Pool pool;

  public ConsentLog(Pool pool) {
    this.pool = pool;
  }

  /** Within the transaction of the change that it proves. */
  public static Future<Void> append(SqlConnection transaction, ConsentRecord consent) {
    Wording wording = consent.wording();
    OptInReference optIn = consent.optIn();
    Evidence evidence = consent.evidence();
    return transaction
        .preparedQuery(
            """
            insert into consent (subscriber, kind, channel, wording, wording_version, source, actor,
              ip, user_agent, opt_in, requested_at, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """)
        .execute(
            Tuple.from(
                new @Nullable Object[] {
                  consent.subscriber(),
                  consent.kind().word(),
                  consent.channel().word(),
                  wording == null ? null : wording.id(),
                  wording == null ? null : wording.version(),
                  evidence.source(),
                  evidence.actor(),
                  evidence.ip(),
                  evidence.userAgent(),
                  optIn == null ? null : optIn.id(),
                  optIn == null ? null : optIn.requestedAt().atOffset(ZoneOffset.UTC),
                  consent.at().atOffset(ZoneOffset.UTC)
                }))
        .mapEmpty();
  }

  /**
   * In the order in which they were written.
   *
   * @param after id to go on behind; 0: from the first
   */
  public Future<List<LoggedConsent>> of(int subscriber, long after, int limit) {
    return pool.preparedQuery(
            """
            select id, subscriber, kind, channel, wording, wording_version, source, actor, ip,
              user_agent, opt_in, requested_at, at, recorded_at
            from consent where subscriber = $1 and id > $2 order by id limit $3
            """)
        .execute(Tuple.of(subscriber, after, limit))
        .map(rows -> {
          List<LoggedConsent> found = new ArrayList<>(rows.size());
          rows.forEach(row -> found.add(logged(row)));
          return found;
        });
  }

  private static LoggedConsent logged(Row row) {
    String wording = row.getString("wording");
    Long optIn = row.getLong("opt_in");
    return new LoggedConsent(
        row.getLong("id"),
        new ConsentRecord(
            row.getInteger("subscriber"),
            ConsentKind.of(row.getString("kind")),
            Channel.of(row.getString("channel")).orElseThrow(),
            wording == null ? null : new Wording(wording, row.getInteger("wording_version")),
            new Evidence(
                row.getString("source"),
                row.getString("actor"),
                row.getString("ip"),
                row.getString("user_agent")),
            optIn == null ? null : new OptInReference(optIn, instant(row, "requested_at")),
            instant(row, "at")),
        instant(row, "recorded_at"));
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
