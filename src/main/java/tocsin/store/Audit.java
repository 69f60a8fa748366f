package tocsin.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed what: appended to, and deleted by retention only. */
public final class Audit {
  private final Pool pool;

  public Audit(Pool pool) {
    this.pool = pool;
  }

  /**
   * That something was changed, within the transaction that changes it.
   *
   * @param actor what a person or provider came by: {@code link}, {@code form}, {@code sms}
   * @param subject a path, without addresses and secrets
   */
  public static Future<Void> note(
      SqlClient transaction, String actor, String action, String subject) {
    return transaction
        .preparedQuery(
            "insert into audit (actor, action, subject, outcome) values ($1, $2, $3, 'done')")
        .execute(Tuple.of(actor, action, subject))
        .mapEmpty();
  }

  /**
   * That somebody is about to change something.
   *
   * @return the id of the entry
   */
  public Future<Long> begin(String actor, String action, String subject) {
    return pool.preparedQuery(
            "insert into audit (actor, action, subject) values ($1, $2, $3) returning id")
        .execute(Tuple.of(actor, action, subject))
        .map(rows -> rows.iterator().next().getLong("id"));
  }

  /** What came of it. */
  public Future<Void> end(long id, String outcome, int status, @Nullable String detail) {
    return pool.preparedQuery(
            """
            update audit set outcome = $2, status = $3, detail = $4
            where id = $1 and outcome is null
            """)
        .execute(Tuple.of(id, outcome, (short) status, detail))
        .mapEmpty();
  }

  /**
   * Newest first.
   *
   * @param before id to go on behind
   */
  public Future<List<AuditEntry>> list(AuditFilter filter, long before, int limit) {
    String below = filter.subject();
    return pool.preparedQuery(
            """
            select id, at, actor, action, subject, detail, outcome, status from audit
            where id < $1
              and ($3::text is null or actor = $3)
              and ($4::text is null or subject = $4 or subject >= $4 || '/' and subject < $4 || '0')
              and ($5::timestamptz is null or at >= $5)
              and ($6::timestamptz is null or at < $6)
            order by id desc limit $2
            """)
        .execute(
            Tuple.of(
                before, limit, filter.actor(), below, time(filter.from()), time(filter.until())))
        .map(rows -> {
          List<AuditEntry> entries = new ArrayList<>(rows.size());
          rows.forEach(row -> entries.add(entry(row)));
          return entries;
        });
  }

  private static AuditEntry entry(Row row) {
    return new AuditEntry(
        row.getLong("id"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"),
        row.getString("outcome"),
        row.getInteger("status"));
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
