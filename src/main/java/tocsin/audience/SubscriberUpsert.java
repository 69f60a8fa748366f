package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Writes many registrations in one statement: new rows are inserted, known ones are changed where
 * they differ. What people chose by themselves stays, and a mailbox that is shared stays so. Who
 * left comes back only by a consent given later than that, who complained not at all. Updates and
 * inserts are told apart beforehand, since an {@code on conflict} would use up an id for every
 * known row.
 */
final class SubscriberUpsert {
  /**
   * Small pages against a big table: the plan that is right is a look-up by index for each line,
   * whatever the statistics say while the table grows. Imports take turns page by page, so that two
   * of the same addresses cannot wait for each other.
   */
  private static final String TURN =
      """
      set local enable_hashjoin = off;
      set local enable_mergejoin = off;
      set local jit = off;
      select pg_advisory_xact_lock(hashtext('tocsin subscriber import'))
      """;

  private static final String COMES_BACK =
      """
      (s.standing = 'deleted'
        or s.standing = 'unsubscribed' and p.consent_at > greatest(s.standing_at, p.left_at))
      """;

  private static final String UPSERT =
      """
      with line as (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
          $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[],
          $12::text[], $14::text[], $15::text[], $16::text[], $17::text[],
          $18::text[], $19::bool[])
          as l (channel, address, address_key, locale, time_zone, customer, subscriptions, secret,
            new_secret, consent_source, consent_at, updates, dialect, signature, signing_key,
            public_key, contact, shared)
      ), page as materialized (
        select l.channel, l.address, l.address_key, coalesce(s.locale, l.locale) as locale,
          coalesce(s.time_zone, l.time_zone) as time_zone, l.customer,
          coalesce(s.subscriptions, l.subscriptions) as subscriptions, l.secret, l.new_secret,
          l.consent_source, l.consent_at, coalesce(s.updates, l.updates) as updates, l.dialect,
          l.signature, l.signing_key, l.public_key, l.contact,
          l.shared or coalesce(s.shared, false) as shared,
          s.id, s.standing, s.left_at, s.consent_at as agreed_at
        from line l left join lateral (
          select id, standing, consent_at, shared,
            case when chosen_at is not null then locale end as locale,
            case when chosen_at is not null then time_zone end as time_zone,
            case when chosen_at is not null then subscriptions::text end as subscriptions,
            case when chosen_at is not null then updates end as updates,
            case when standing = 'unsubscribed' and exists (
              select from complaint c where c.subscriber = subscriber.id) then 'infinity'
            else standing_at end as left_at
          from subscriber
          where channel = l.channel and address_key = l.address_key limit 1) s on true
      ), changed as (
        update subscriber s set
          address = p.address, locale = p.locale, time_zone = p.time_zone, customer = p.customer,
          subscriptions = p.subscriptions::jsonb, secret = coalesce(p.secret, s.secret),
          updates = p.updates, dialect = p.dialect, signature = p.signature,
          contact = p.contact, shared = p.shared,
          signing_key = coalesce(s.signing_key, p.signing_key),
          public_key = coalesce(s.public_key, p.public_key),
          consent_source = case when p.consent_at > s.consent_at then p.consent_source
            when s.standing = 'deleted' then $13 else s.consent_source end,
          consent_at = case when p.consent_at > s.consent_at then p.consent_at
            when s.standing = 'deleted' then now() else s.consent_at end,
          standing = case when %1$s then 'active' else s.standing end,
          standing_at = case when %1$s then now() else s.standing_at end,
          changed = pg_current_xact_id()
        from page p
        where s.id = p.id
          and (s.standing <> 'unsubscribed'
            or p.consent_at > greatest(s.standing_at, p.left_at))
          and (%1$s or p.consent_at > s.consent_at
            or (s.address, s.locale, s.time_zone, s.customer, s.subscriptions, s.secret,
              s.updates, s.dialect, s.signature, s.contact, s.shared)
              is distinct from (p.address, p.locale, p.time_zone, p.customer,
                p.subscriptions::jsonb, coalesce(p.secret, s.secret), p.updates,
                p.dialect, p.signature, p.contact, p.shared))
        returning s.id, s.channel, s.consent_source, s.consent_at,
          p.standing = 'deleted' as back, s.consent_at is distinct from p.agreed_at as agreed
      ), fresh as (
        insert into subscriber (channel, address, address_key, locale, time_zone, customer,
          subscriptions, secret, consent_source, consent_at, updates, dialect, signature, signing_key,
          public_key, contact, shared)
        select channel, address, address_key, locale, time_zone, customer, subscriptions::jsonb,
          coalesce(secret, new_secret), coalesce(consent_source, $13), coalesce(consent_at, now()),
          updates, dialect, signature, signing_key, public_key, contact, shared
        from page where id is null
        on conflict (channel, address_key) do nothing
        returning id, channel, consent_source, consent_at
      ), proof as (
        insert into consent (subscriber, kind, channel, source, actor, at)
        select id, 'given', channel, consent_source, $13, consent_at from fresh
        union all
        select id, 'given', channel, consent_source, $13, consent_at from changed where agreed
      )
      select
        (select count(*) from fresh) + (select count(*) from changed where back) as imported,
        (select count(*) from changed where not back) as updated,
        (select count(*) from page
          where standing = 'unsubscribed' and (consent_at > left_at) is not true) as kept_left,
        (select count(*) from page where id is null) - (select count(*) from fresh) as missed
      """
          .formatted(COMES_BACK);

  private SubscriberUpsert() {}

  static Future<Void> turn(SqlConnection transaction) {
    return transaction.query(TURN).execute().mapEmpty();
  }

  /** Each address once. */
  static Future<UpsertCounts> write(SqlConnection transaction, UpsertArrays arrays) {
    return transaction
        .preparedQuery(UPSERT)
        .execute(arrays.tuple())
        .map(rows -> rows.iterator().next())
        .compose(row ->
            row.getLong("missed") == 0
                ? Future.succeededFuture(counts(row))
                : again(transaction, arrays.tuple(), counts(row)));
  }

  /** Somebody else inserted one of the addresses meanwhile: by now it is there to be seen. */
  private static Future<UpsertCounts> again(
      SqlConnection transaction, Tuple tuple, UpsertCounts first) {
    return transaction
        .preparedQuery(UPSERT)
        .execute(tuple)
        .map(rows -> counts(rows.iterator().next()))
        .map(second ->
            new UpsertCounts(
                first.imported() + second.imported(),
                first.updated() + second.updated(),
                second.left()));
  }

  private static UpsertCounts counts(Row row) {
    return new UpsertCounts(
        row.getLong("imported"), row.getLong("updated"), row.getLong("kept_left"));
  }
}
