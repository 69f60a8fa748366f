package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.delivery.LedgerFixture.get;

import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.AddressHash;
import tocsin.audience.Erasure;
import tocsin.audience.Suppressions;
import tocsin.channel.Reason;
import tocsin.config.Settings;
import tocsin.incident.Update;

/** What was kept for long enough goes, and nothing that anybody still needs. */
class RetentionTest {
  private LedgerFixture engine;
  private Retention retention;

  @BeforeEach
  void open() {
    engine = new LedgerFixture();
    var suppressions = new Suppressions(new AddressHash(new byte[32]));
    retention =
        new Retention(
            engine.pool,
            new Erasure(engine.pool, suppressions),
            new Settings.Retention(
                Period.ofDays(90),
                Period.ofDays(90),
                Period.ofDays(700),
                Period.ofYears(3),
                Period.ofDays(400)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whoWasSentWhatGoesAndTheAccountStays() {
    Update update = done("old");
    engine.sql(
        "update incident set status = 'resolved'",
        "update incident_update set accepted_at = now() - interval '91 days'",
        "update audience set completed_at = now() - interval '91 days'");
    Account before = engine.account(update);

    assertThat(get(retention.deliveries())).isEqualTo(1);
    assertThat(get(retention.deliveries())).isZero();

    assertThat(engine.number("select count(*)::int from ledger")).isZero();
    assertThat(engine.account(update)).isEqualTo(before);
    assertThat(before.failed()).isEqualTo(3);
    var afresh = new Deliveries(engine.pool, new FrozenAudiences(engine.pool));
    assertThat(get(afresh.ofUpdate(update.id(), null, 10))).isEmpty();
  }

  @Test
  void whoWasToldOfAnOpenIncidentIsKept() {
    done("open");
    engine.sql(
        "update incident_update set accepted_at = now() - interval '91 days'",
        "update audience set completed_at = now() - interval '91 days'");

    assertThat(get(retention.deliveries())).isZero();
    assertThat(engine.number("select count(*)::int from ledger")).isPositive();
  }

  @Test
  void aClosedIncidentWithAYoungUpdateIsKept() {
    done("young");
    engine.sql(
        "update incident set status = 'resolved'",
        "update audience set completed_at = now() - interval '91 days'");

    assertThat(get(retention.deliveries())).isZero();
  }

  @Test
  void whoCouldNotBeReachedForLongIsEmptiedAndNotImportedAgain() {
    subscriber("old", "quarantined", 91);
    subscriber("young", "quarantined", 89);
    subscriber("active", "active", 500);

    assertThat(get(retention.quarantine())).isEqualTo(1);
    assertThat(get(retention.quarantine())).isZero();

    assertThat(engine.number("select count(*)::int from subscriber where address like 'old@%'"))
        .isZero();
    assertThat(engine.number("select count(*)::int from subscriber where standing = 'deleted'"))
        .isEqualTo(1);
    assertThat(
            engine.number(
                """
                select count(*)::int from suppression where reason = 'bounce' and address_key is null
                """))
        .isEqualTo(1);
  }

  @Test
  void whoLeftLongAgoIsEmptiedAndOnlyWhoLeftByThemselvesIsNotImportedAgain() {
    subscriber("left", "unsubscribed", 701);
    subscriber("removed", "deleted", 701);
    subscriber("justleft", "unsubscribed", 699);
    subscriber("silent", "opted_out", 2_000);
    subscriber("active", "active", 2_000);

    assertThat(get(retention.left())).isEqualTo(2);
    assertThat(get(retention.left())).isZero();

    assertThat(addresses()).containsExactly("active", "erased", "erased", "justleft", "silent");
    assertThat(engine.number("select count(*)::int from suppression")).isEqualTo(1);
    assertThat(
            engine.number(
                """
                select count(*)::int from suppression
                where reason = 'unsubscribed' and address_key is null
                """))
        .isEqualTo(1);
  }

  private List<String> addresses() {
    return get(
        engine
            .pool
            .query("select split_part(address, '@', 1) as name from subscriber order by 1")
            .mapping(row -> row.getString("name"))
            .execute()
            .map(rows -> rows.stream().toList()));
  }

  @Test
  void theProofOfAConsentOutlivesItsEndByThreeYears() {
    subscriber("longgone", "unsubscribed", 1_100);
    subscriber("gone", "unsubscribed", 1_000);
    subscriber("present", "active", 2_000);
    engine.sql(
        """
        insert into consent (subscriber, kind, channel, source, at)
        select id, 'given', 'email', 'form', now() - interval '10 years' from subscriber
        """);

    assertThat(get(retention.consents())).isEqualTo(1);
    assertThat(
            engine.number(
                """
                select count(*)::int from consent join subscriber s on s.id = subscriber
                where s.address like 'longgone%'
                """))
        .isZero();
  }

  @Test
  void theAuditIsKeptForAsLongAsItIsSet() {
    engine.sql(
        """
        insert into audit (at, actor, action, subject, outcome)
        select now() - make_interval(days => d), 'link', 'unsubscribed', '/v1/subscribers/1', 'done'
        from unnest(array[399, 401]) d
        """);

    assertThat(get(retention.audit())).isEqualTo(1);
    assertThat(engine.number("select count(*)::int from audit")).isEqualTo(1);
  }

  @Test
  void whatWasSaidByTextIsKeptAsLongAsConsents() {
    subscriber("anna", "active", 1);
    engine.sql(
        """
        insert into sms_reply (sid, subscriber, word, at)
        select 'SM' || d, (select id from subscriber), 'stop', now() - make_interval(days => d)
        from unnest(array[1000, 1100]) d
        """,
        """
        insert into sms_failure (sid, audience, subscriber, code, at)
        select 'SM' || d, 1, (select id from subscriber), 30005, now() - make_interval(days => d)
        from unnest(array[89, 91]) d
        """);

    assertThat(get(retention.texts())).isEqualTo(2);
    assertThat(get(retention.texts())).isZero();
    assertThat(engine.number("select count(*)::int from sms_reply where sid = 'SM1000'"))
        .isEqualTo(1);
    assertThat(engine.number("select count(*)::int from sms_failure where sid = 'SM89'"))
        .isEqualTo(1);
  }

  @Test
  void ofAnOldComplaintStaysThatThereWasOne() {
    subscriber("anna", "unsubscribed", 1_100);
    engine.sql(
        """
        insert into complaint (subscriber, audience, type, source, proof, at)
        select id, d, 'abuse', 'mail', 'From: anna@example.com', now() - make_interval(days => d)
        from subscriber, unnest(array[1000, 1100]) d
        """);

    assertThat(get(retention.complaints())).isEqualTo(1);
    assertThat(get(retention.complaints())).isZero();
    assertThat(engine.number("select count(*)::int from complaint")).isEqualTo(2);
    assertThat(engine.number("select audience from complaint where proof = ''")).isEqualTo(1_100);
  }

  @Test
  void anEndpointsOldEventGoesWhenNobodyIsToBeToldOfIt() {
    subscriber("hook", "active", 1);
    engine.sql(
        """
        insert into endpoint_event (subscriber, standing, at, outcome)
        select id, 'quarantined', now() - make_interval(days => d), o
        from subscriber, (values (91, 'sent'), (91, null), (89, 'sent')) e (d, o)
        """);

    assertThat(get(retention.endpoints())).isEqualTo(1);
    assertThat(engine.number("select count(*)::int from endpoint_event")).isEqualTo(2);
  }

  private Update done(String incident) {
    Update update = engine.planned(incident, 3);
    engine.chunks().forEach(claim -> engine.fail(claim, Reason.ADDRESS, "no such user"));
    return update;
  }

  private void subscriber(String name, String standing, int days) {
    engine.sql(
        """
        insert into subscriber (channel, address, address_key, locale, time_zone, subscriptions,
          standing, standing_at, consent_source, consent_at)
        values ('email', '%1$s@example.com', '%1$s@example.com', 'en', 'UTC', '[{"minImpact": "none"}]',
          '%2$s', now() - interval '%3$d days', 'form', now())
        """
            .formatted(name, standing, days));
  }
}
