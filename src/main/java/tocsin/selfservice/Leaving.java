package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import tocsin.audience.Channel;
import tocsin.audience.Evidence;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.Standing;
import tocsin.audience.StandingChange;

/**
 * How subscribers leave by the links in their mails. One reader of a shared mailbox cannot end it
 * for the others: they only have a second link mailed to it, and that one does.
 */
public final class Leaving {
  /** However often its readers ask. */
  private static final Duration BETWEEN_SECOND_LINKS = Duration.ofHours(1);

  private final Pool pool;

  /** What came of it. */
  public enum Step {
    /** They have left, now or before. */
    LEFT,
    /** A second link is on its way to their mailbox. */
    ASKED
  }

  public Leaving(Pool pool) {
    this.pool = pool;
  }

  /** By the link of every mail. A repeat, or a subscriber that is gone, is no failure. */
  public Future<Step> leave(int subscriber, Evidence evidence) {
    return pool.withTransaction(transaction ->
        transaction
            .preparedQuery(
                """
                select address, locale, time_zone, shared and standing = 'active' as shared
                from subscriber where id = $1 for update
                """)
            .execute(Tuple.of(subscriber))
            .compose(rows ->
                isShared(rows)
                    ? ask(transaction, subscriber, rows.iterator().next())
                    : left(transaction, subscriber, evidence)));
  }

  /** By the second link. False where that was revoked. A repeat is no failure. */
  public Future<Boolean> leaveAsAWhole(Link link, Evidence evidence) {
    return pool.withTransaction(transaction ->
            transaction
                .preparedQuery(
                    "select from subscriber where id = $1 and link_version = $2 for update")
                .execute(Tuple.of(link.id(), link.version()))
                .compose(rows ->
                    rows.size() == 1
                        ? left(transaction, link.id(), evidence)
                        : Future.<Step>succeededFuture()))
        .map(Step.LEFT::equals);
  }

  private static boolean isShared(RowSet<Row> rows) {
    return rows.size() == 1 && rows.iterator().next().getBoolean("shared");
  }

  private static Future<Step> left(SqlConnection transaction, int subscriber, Evidence evidence) {
    var before = EnumSet.complementOf(EnumSet.of(Standing.UNSUBSCRIBED));
    return new StandingChange(Standing.UNSUBSCRIBED, before, evidence)
        .apply(transaction, subscriber)
        .map(done -> Step.LEFT);
  }

  private static Future<Step> ask(SqlConnection transaction, int subscriber, Row row) {
    return transaction
        .preparedQuery(
            """
            select from notice
            where kind = 'leave' and subject = $1 and outcome is distinct from 'failed'
              and at > now() - $2 * interval '1 ms'
            limit 1
            """)
        .execute(Tuple.of(subscriber, (double) BETWEEN_SECOND_LINKS.toMillis()))
        .compose(recent ->
            recent.size() > 0
                ? Future.succeededFuture()
                : Notices.add(
                    transaction,
                    NoticeKind.LEAVE,
                    Channel.EMAIL,
                    row.getString("address"),
                    subscriber,
                    row.getString("locale"),
                    ZoneId.of(row.getString("time_zone"))))
        .map(done -> Step.ASKED);
  }
}
