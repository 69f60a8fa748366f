package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;
import tocsin.audience.EmailAddress;

/**
 * Notices on their way, each written in the transaction that called for it. Leased like all work:
 * who claims one has a while to deal with it before somebody else does.
 */
public final class Notices {
  /** For as long as somebody who asked waits for a mail or a text of it. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final Duration LONGEST_CODE = Duration.ofMinutes(30);
  private static final Duration KEPT = Duration.ofDays(7);

  private final Pool pool;

  /** What became of a notice. */
  public enum Result {
    SENT,
    FAILED,
    /** It was of no use any more. */
    DROPPED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Notices(Pool pool) {
    this.pool = pool;
  }

  /**
   * To be sent once the transaction is committed.
   *
   * @param address well-formed, of the channel, which is EMAIL or SMS
   * @param subject id of an opt-in or a subscriber, by the kind
   */
  static Future<Void> add(
      SqlConnection transaction,
      NoticeKind kind,
      Channel channel,
      String address,
      int subject,
      String locale,
      ZoneId zone) {
    return transaction
        .preparedQuery(
            """
            insert into notice (kind, channel, address, subject, locale, time_zone)
            values ($1, $2, $3, $4, $5, $6)
            """)
        .execute(
            Tuple.of(
                kind.word(),
                channel.word(),
                channel == Channel.EMAIL ? EmailAddress.wire(address) : address,
                subject,
                locale,
                zone.getId()))
        .mapEmpty();
  }

  /** Claims up to so many that are due; those of no use any more are dropped and left out. */
  public Future<List<Notice>> claim(int limit, Duration lease) {
    return pool.preparedQuery(
            """
            with chosen as (
              select n.id,
                  case when n.kind in ('confirm', 'code') then o.requested_at else n.at end as asked_at,
                  least(o.expires_at, n.at + case when n.kind = 'code' then $4::float8 else $3::float8 end
                    * interval '1 ms') as good_until,
                  o.expires_at,
                  coalesce(s.link_version, 0) as link_version,
                  case when n.kind in ('confirm', 'code') then o.confirmed_at is null
                    and o.id is not null else s.standing = 'active' end as wanted
                from notice n
                left join opt_in o on o.id = n.subject and n.kind in ('confirm', 'code')
                left join subscriber s on s.id = n.subject and n.kind in ('known', 'welcome', 'leave')
               where n.outcome is null and n.due_at <= now()
               order by n.due_at limit $1 for update of n skip locked),
            claimed as (
              update notice n set attempts = least(attempts + 1, 10000),
                  due_at = now() + $2 * interval '1 ms',
                  outcome = case when wanted is not true or good_until < now() then 'dropped' end
                from chosen where n.id = chosen.id
              returning n.*, asked_at, good_until,
                coalesce(expires_at, good_until) as link_ends, link_version)
            select * from claimed where outcome is null
            """)
        .execute(
            Tuple.of(
                limit,
                (double) lease.toMillis(),
                (double) LONGEST.toMillis(),
                (double) LONGEST_CODE.toMillis()))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Notices::notice).toList());
  }

  public Future<Void> ended(int id, Result result) {
    return pool.preparedQuery("update notice set outcome = $2 where id = $1")
        .execute(Tuple.of(id, result.word()))
        .mapEmpty();
  }

  /** Tries again after so long. */
  public Future<Void> again(int id, Duration after) {
    return pool.preparedQuery(
            "update notice set due_at = now() + $2 * interval '1 ms' where id = $1")
        .execute(Tuple.of(id, (double) after.toMillis()))
        .mapEmpty();
  }

  /** Deletes those that ended a week ago. */
  public Future<Void> forget() {
    return pool.preparedQuery(
            "delete from notice where outcome is not null and at < now() - $1 * interval '1 ms'")
        .execute(Tuple.of((double) KEPT.toMillis()))
        .mapEmpty();
  }

  private static Notice notice(Row row) {
    return new Notice(
        row.getInteger("id"),
        NoticeKind.of(row.getString("kind")),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getString("address"),
        row.getInteger("subject"),
        row.getInteger("link_version"),
        row.getString("locale"),
        ZoneId.of(row.getString("time_zone")),
        row.getOffsetDateTime("asked_at").toInstant(),
        row.getOffsetDateTime("good_until").toInstant(),
        row.getOffsetDateTime("link_ends").toInstant(),
        row.getShort("attempts"));
  }
}
