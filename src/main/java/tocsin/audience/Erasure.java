package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;
import tocsin.store.Audit;

/**
 * Empties a subscriber: the address, secrets and wishes are gone at once, wherever they were; what
 * was planned is withdrawn. The row stays without them, because the record of deliveries speaks of
 * its id; so does the proof of consents, without network address and browser. A hash on the
 * suppression list keeps the address from being imported again, unless it was the operator who
 * removed it.
 */
public final class Erasure {
  private static final List<String> OWN =
      List.of(
          """
          delete from attempt_body b using attempt a, subscriber s
          where a.subscriber = $1 and b.hash = a.request_body
            and s.id = $1 and s.dialect = 'statuspage'
          """,
          "delete from attempt where subscriber = $1",
          "delete from notice where kind in ('known', 'leave') and subject = $1",
          """
          update attempt_run set response_bodies[array_position(subscribers, $1)] = ''
          where $1 = any (subscribers) and cardinality(response_bodies) = cardinality(subscribers)
          """,
          """
          update attempt_run set response_headers[array_position(subscribers, $1)] = '{}'
          where $1 = any (subscribers) and cardinality(response_headers) = cardinality(subscribers)
          """,
          "delete from endpoint_health where subscriber = $1",
          "update complaint set proof = 'erased' where subscriber = $1",
          "update bounce set detail = '' where subscriber = $1",
          """
          update consent set ip = null, user_agent = null
          where subscriber = $1 and (ip is not null or user_agent is not null)
          """);

  private static final String EMPTIED =
      """
      update subscriber set
        address = case channel when 'email' then 'erased@erased.invalid' when 'sms' then '+0'
          else 'https://erased.invalid/' end,
        address_key = 'erased:' || id, locale = 'en', time_zone = 'UTC', customer = null,
        subscriptions = '[{"minImpact": "critical"}]', secret = null, signature = 'v1',
        signing_key = null, public_key = null, old_keys = null, contact = null, shared = false,
        link_version = (link_version + 1) % 32768, chosen_at = null,
        consent_source = 'erased',
        standing = 'deleted', standing_at = now(), changed = pg_current_xact_id()
      where id = $1
      returning standing_at
      """;

  private final Pool pool;
  private final Suppressions suppressions;

  public Erasure(Pool pool, Suppressions suppressions) {
    this.pool = pool;
    this.suppressions = suppressions;
  }

  /**
   * At the wish of the person, or of the operator on their behalf. Fails with NOT_FOUND.
   *
   * @return since when they are erased; a repeat returns the same
   */
  public Future<Instant> erase(int subscriber, Evidence evidence) {
    return pool.withTransaction(
            transaction -> erase(transaction, subscriber, SuppressionReason.ERASED, evidence))
        .map(Objects::requireNonNull);
  }

  /**
   * Empties some of those who have had that standing for so long, each in a transaction of its own.
   *
   * @param age as PostgreSQL reads an interval
   * @param reason what keeps the address from being imported again; null: nothing does
   * @return how many
   */
  public Future<Integer> purge(
      Standing standing, String age, @Nullable SuppressionReason reason, int limit) {
    return pool.preparedQuery(
            """
            select id from subscriber
            where standing = $1 and standing_at < now() - $2::text::interval
              and address_key <> 'erased:' || id
            order by standing_at limit $3
            """)
        .execute(Tuple.of(standing.word(), age, limit))
        .compose(rows -> {
          Future<Void> done = Future.succeededFuture();
          for (Row row : rows) {
            done = done.compose(before -> purge(row.getInteger("id"), standing, age, reason));
          }
          return done.map(rows.size());
        });
  }

  /** Whoever was brought back meanwhile stays. */
  private Future<Void> purge(
      int subscriber, Standing standing, String age, @Nullable SuppressionReason reason) {
    return pool.withTransaction(transaction ->
            transaction
                .preparedQuery(
                    """
                    select from subscriber where id = $1 and standing = $2
                      and standing_at < now() - $3::text::interval
                    for update
                    """)
                .execute(Tuple.of(subscriber, standing.word(), age))
                .compose(rows ->
                    rows.size() == 0
                        ? Future.succeededFuture(Instant.EPOCH)
                        : erase(transaction, subscriber, reason, Evidence.of("retention"))))
        .mapEmpty();
  }

  private Future<Instant> erase(
      SqlConnection transaction,
      int subscriber,
      @Nullable SuppressionReason reason,
      Evidence evidence) {
    return transaction
        .preparedQuery(
            """
            select channel, address, address_key, standing_at,
              address_key = 'erased:' || id as erased
            from subscriber where id = $1 for update
            """)
        .execute(Tuple.of(subscriber))
        .compose(rows -> {
          if (rows.size() == 0) {
            throw Problem.notFound("there is no subscriber " + subscriber).exception();
          }
          Row row = rows.iterator().next();
          return row.getBoolean("erased")
              ? Future.succeededFuture(since(row))
              : empty(transaction, subscriber, SubscriberRow.address(row), reason, evidence);
        });
  }

  private Future<Instant> empty(
      SqlConnection transaction,
      int subscriber,
      Address address,
      @Nullable SuppressionReason reason,
      Evidence evidence) {
    Future<Void> barred =
        reason == null
            ? Future.succeededFuture()
            : suppressions.addHash(transaction, address, reason, evidence.source());
    return barred
        .compose(done -> StandingChange.deletion(evidence).apply(transaction, subscriber))
        .compose(done -> own(transaction, subscriber))
        .compose(done -> elsewhere(transaction, address))
        .compose(done ->
            Audit.note(transaction, evidence.source(), "erased", "/v1/subscribers/" + subscriber))
        .compose(done -> transaction.preparedQuery(EMPTIED).execute(Tuple.of(subscriber)))
        .map(rows -> since(rows.iterator().next()));
  }

  private static Future<Void> own(SqlConnection transaction, int subscriber) {
    Future<Void> done = Future.succeededFuture();
    for (String statement : OWN) {
      done = done.compose(before -> run(transaction, statement, Tuple.of(subscriber)));
    }
    return done;
  }

  /** Where the address was copied to, however it is spelt there. */
  private static Future<Void> elsewhere(SqlConnection transaction, Address address) {
    String channel = address.channel().word();
    String[] spellings = spellings(address);
    return run(
            transaction,
            "delete from notice where channel = $1 and address = any ($2)",
            Tuple.of(channel, (Object) spellings))
        .compose(done ->
            run(
                transaction,
                """
                delete from opt_in
                where channel = $1 and address_key = $2 or told_channel = $1 and told_key = $2
                """,
                Tuple.of(channel, address.key())))
        .compose(done ->
            run(
                transaction,
                "update subscriber set contact = null where $1 = 'email' and contact = any ($2)",
                Tuple.of(channel, (Object) spellings)));
  }

  private static Future<Void> run(SqlConnection transaction, String statement, Tuple arguments) {
    return transaction.preparedQuery(statement).execute(arguments).mapEmpty();
  }

  private static String[] spellings(Address address) {
    String typed = address.text();
    String wire = address.channel() == Channel.EMAIL ? EmailAddress.wire(typed) : typed;
    return new String[] {typed, address.key(), wire};
  }

  private static Instant since(Row row) {
    return row.getOffsetDateTime("standing_at").toInstant();
  }
}
