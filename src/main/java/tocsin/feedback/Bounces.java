package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Mails that were refused, and what they come to for those whom they were for.
 *
 * <p>A mail counts once, with the worst that was said of it. Set aside is who cannot be reached:
 *
 * <ul>
 *   <li>at once by {@code hard} and {@code capability}, but for a shared mailbox, where it may be
 *       about one of many;
 *   <li>by {@code disabled} on two different days;
 *   <li>by {@code routing} three times;
 *   <li>by anything that is not ours five times, all within 14 days.
 * </ul>
 *
 * Only mails count whose update was planned after the subscriber was last activated, or moved to
 * another address: what is said of an older one is about how things were before.
 */
public final class Bounces {

  /** Locks rows of {@code bounce} in the order of its primary key. */
  private static final String NOTE =
      """
      with event as (
        select distinct on (e.audience, e.subscriber) e.*
          from unnest($1::int[], $2::int[], $3::text[], $4::smallint[], $5::text[], $6::text[],
              $7::text[]) as e (audience, subscriber, class, severity, status, detail, source)
          join audience a on a.id = e.audience and a.channel = 'email'
          join subscriber s on s.id = e.subscriber and s.channel = 'email'
         order by e.audience, e.subscriber, e.severity desc),
      news as (
        insert into bounce as b (audience, subscriber, class, severity, status, detail, source)
        select * from event
        on conflict (audience, subscriber) do update
           set class = excluded.class, severity = excluded.severity, status = excluded.status,
               detail = excluded.detail, source = excluded.source
         where b.severity < excluded.severity
        returning audience, subscriber, class, status, source),
      receipts as (
        insert into receipt (audience, subscriber, state, rank, detail)
        select audience, subscriber, 'bounced', 5, trim(class || ' ' || status)
          from news where source <> 'reply'
        on conflict (audience, subscriber) do update
           set state = excluded.state, rank = excluded.rank, detail = excluded.detail, at = now()
         where receipt.rank <= excluded.rank)
      select n.subscriber, n.class, n.status, n.source,
          split_part(s.address_key, '@', 2) as domain
        from news n join subscriber s on s.id = n.subscriber
      """;

  /** Uses bounce_subscriber. */
  private static final String SET_ASIDE =
      """
      with failing as (
        select b.subscriber
          from bounce b
          join subscriber s on s.id = b.subscriber and s.standing = 'active'
          join audience a on a.id = b.audience
          join incident_update u on u.id = a.update_id
         where b.subscriber = any($1) and b.at > now() - interval '14 days'
           and coalesce(u.planned_at, u.accepted_at) >= greatest(s.standing_at, s.consent_at)
         group by b.subscriber
        having bool_or(b.class in ('hard', 'capability') and not s.shared)
            or count(distinct (b.at at time zone 'UTC')::date)
                 filter (where b.class = 'disabled') >= 2
            or count(*) filter (where b.class = 'routing') >= 3
            or count(*) filter (where b.class not in ('policy', 'content')) >= 5),
      held as (
        select id from subscriber where id in (select subscriber from failing)
         order by id for no key update),
      changed as (
        update subscriber s
           set standing = 'quarantined', standing_at = now(), changed = pg_current_xact_id()
          from held where s.id = held.id and s.standing = 'active'
        returning s.id)
      insert into audit (actor, action, subject, outcome)
      select 'bounce', 'quarantined', '/v1/subscribers/' || id, 'done' from changed
      """;

  private final Pool pool;

  /** What was not known before of one mail. */
  record News(int subscriber, String bounceClass, String status, String source, String domain) {}

  /** What a batch came to. */
  record Outcome(List<News> news, int quarantined) {}

  public Bounces(Pool pool) {
    this.pool = pool;
  }

  /** All of them or none; in any order, and any of them again. */
  Future<Outcome> record(List<BounceEvent> events) {
    return pool.withTransaction(transaction ->
            note(transaction, events)
                .compose(news ->
                    setAside(transaction, news).map(quarantined -> new Outcome(news, quarantined))))
        .map(Objects::requireNonNull);
  }

  private static Future<List<News>> note(SqlConnection transaction, List<BounceEvent> events) {
    return transaction
        .preparedQuery(NOTE)
        .execute(
            Tuple.of(
                column(events, event -> event.delivery().audience()).toArray(Integer[]::new),
                column(events, event -> event.delivery().subscriber()).toArray(Integer[]::new),
                column(events, event -> event.bounce().word()).toArray(String[]::new),
                column(events, event -> (short) event.bounce().severity()).toArray(Short[]::new),
                column(events, BounceEvent::status).toArray(String[]::new),
                column(events, BounceEvent::detail).toArray(String[]::new),
                column(events, event -> event.source().word()).toArray(String[]::new)))
        .map(Bounces::news);
  }

  private static Future<Integer> setAside(SqlConnection transaction, List<News> news) {
    Integer[] concerned = news.stream().map(News::subscriber).distinct().toArray(Integer[]::new);
    return concerned.length == 0
        ? Future.succeededFuture(0)
        : transaction.preparedQuery(SET_ASIDE).execute(Tuple.of(concerned)).map(RowSet::rowCount);
  }

  private static <T> List<T> column(List<BounceEvent> events, Function<BounceEvent, T> field) {
    return events.stream().map(field).toList();
  }

  private static List<News> news(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row ->
            new News(
                row.getInteger("subscriber"),
                row.getString("class"),
                row.getString("status"),
                row.getString("source"),
                row.getString("domain")))
        .toList();
  }
}
