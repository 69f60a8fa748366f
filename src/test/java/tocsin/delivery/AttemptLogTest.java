package tocsin.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.delivery.LedgerFixture.get;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.channel.Reason;
import tocsin.channel.webhook.Attempt;
import tocsin.store.TestDatabase;

/** The log of attempts as written by one flush after another, without a gateway. */
class AttemptLogTest {
  private static final QuarantineRule RULE = new QuarantineRule(3, Duration.ofMinutes(1));

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = TestDatabase.fresh(vertx);
  private final LoggedAttempts logged = new LoggedAttempts(pool);
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @BeforeEach
  void subscribe() {
    get(
        pool.query(
                """
                insert into subscriber (channel, address, address_key, locale, time_zone, secret,
                  subscriptions, consent_source, consent_at)
                select 'webhook', a, a, 'en', 'UTC', 'whsec_AAAA', '[{}]', 'test', now()
                  from (select 'https://h' || n || '.example.com/' a
                          from generate_series(1, 3) n) hooks
                """)
            .execute());
  }

  @AfterEach
  void stop() {
    get(vertx.close());
  }

  /** How many were quarantined. */
  private int write(Attempt... attempts) {
    AttemptBatch batch = AttemptBatch.of(List.of(attempts), new BodyHashes(), subscriber -> true);
    AttemptFlush flush = new AttemptFlush(batch, batch.bodies(), RULE);
    Integer quarantined = get(pool.withTransaction(flush::write));
    return quarantined == null ? 0 : quarantined;
  }

  private int number(String query) {
    return get(pool.query(query).execute()).iterator().next().getInteger(0);
  }

  private List<LoggedAttempt> page(int subscriber) {
    return get(logged.page(subscriber, AttemptCursor.START, 100));
  }

  @Test
  void whatWasTakenIsOneRowAndShownAsItWas() {
    write(
        Attempts.taken(1, now, "one"),
        Attempts.taken(2, now.minusMillis(5), "two"),
        Attempts.taken(3, now.plusMillis(30), "x".repeat(600)));

    assertThat(number("select count(*)::int from attempt_run")).isEqualTo(1);
    assertThat(number("select count(*)::int from attempt")).isZero();
    LoggedAttempt second = page(2).getFirst();
    assertThat(second)
        .returns(now.minusMillis(5), LoggedAttempt::at)
        .returns(Duration.ofMillis(12), LoggedAttempt::took)
        .returns("sent", LoggedAttempt::outcome)
        .returns(200, LoggedAttempt::status)
        .returns("two", LoggedAttempt::responseBody)
        .returns("{\"x-trace\":\"t2\"}", LoggedAttempt::responseHeaders)
        .returns(new String(Attempts.BODY, UTF_8), it -> it.requestBody());
    assertThat(second.requestHeaders())
        .contains("\"webhook-id\":\"" + second.delivery() + "\"")
        .contains("\"webhook-timestamp\":\"" + second.at().getEpochSecond() + "\"")
        .doesNotContain("webhook-signature");
    assertThat(page(3).getFirst())
        .returns(now.plusMillis(30), LoggedAttempt::at)
        .returns("x".repeat(500), LoggedAttempt::responseBody);
    assertThat(get(logged.find(2, second.id()))).contains(second);
    assertThat(get(logged.find(1, second.id()))).isEmpty();
    assertThat(get(logged.find(2, new AttemptId(second.id().row(), 99)))).isEmpty();
  }

  @Test
  void ofManyAtOnceTheHeadersOfAnswersAreNotKept() {
    write(
        IntStream.range(0, AttemptRun.MOST_WITH_HEADERS + 1)
            .mapToObj(i -> Attempts.taken(1 + i, now, ""))
            .toArray(Attempt[]::new));

    assertThat(page(1).getFirst())
        .returns(null, LoggedAttempt::responseHeaders)
        .returns(null, LoggedAttempt::responseBody)
        .returns(200, LoggedAttempt::status);
  }

  @Test
  void aBodyWithTheRecipientsOwnLinkIsNotKeptOnceItWasTaken() {
    write(Attempts.takenByStatuspage(1, now), Attempts.takenByStatuspage(2, now));

    assertThat(number("select count(*)::int from attempt_run")).isEqualTo(1);
    assertThat(number("select count(*)::int from attempt_body")).isZero();
    assertThat(page(2).getFirst().requestBody()).isNull();
  }

  @Test
  void pagesMergeWhatFailedAndWhatWasTakenWithoutGapOrDouble() {
    for (int i = 0; i < 10; i++) {
      Instant at = now.minusSeconds(i / 3);
      write(
          Attempts.taken(1, at, ""),
          Attempts.taken(1, at, ""),
          Attempts.failed(1, at, Reason.TIMEOUT));
    }
    List<LoggedAttempt> paged = new ArrayList<>();
    AttemptCursor cursor = AttemptCursor.START;
    List<LoggedAttempt> next;
    do {
      next = get(logged.page(1, cursor, 4));
      paged.addAll(next);
      if (!next.isEmpty()) {
        cursor = AttemptCursor.parse(next.getLast().cursor().toString()).orElseThrow();
      }
    } while (!next.isEmpty());

    assertThat(paged).hasSize(30).isEqualTo(page(1));
    assertThat(paged).extracting(LoggedAttempt::id).doesNotHaveDuplicates();
    assertThat(paged.stream().map(LoggedAttempt::at).toList())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void nobodyIsGivenUpWhileNoOtherEndpointTakesAnything() {
    write(Attempts.taken(1, now.minusSeconds(100), ""));
    write(Attempts.taken(2, now.minusSeconds(95), ""));
    write(Attempts.failed(1, now.minusSeconds(90), Reason.CONNECTION));
    write(Attempts.failed(1, now.minusSeconds(20), Reason.CONNECTION));
    assertThat(write(Attempts.failed(1, now.minusSeconds(10), Reason.CONNECTION))).isZero();

    write(Attempts.taken(2, now.minusSeconds(5), ""));

    assertThat(write(Attempts.failed(1, now, Reason.CONNECTION))).isEqualTo(1);
    assertThat(number("select count(*)::int from subscriber where standing = 'quarantined'"))
        .isEqualTo(1);
  }

  @Test
  void aSuccessOfThisNodeEndsARowOfFailuresThatAnotherSaw() {
    FailingEndpoints failing = new FailingEndpoints(pool);
    assertThat(failing.has(1)).isTrue();
    get(failing.look());
    assertThat(failing.has(1)).isFalse();
    write(
        Attempts.failed(1, now.minusSeconds(3), Reason.TIMEOUT),
        Attempts.failed(2, now.minusSeconds(1), Reason.TIMEOUT));
    unnoticed(Attempts.taken(1, now.minusSeconds(2), ""), failing);
    unnoticed(Attempts.taken(2, now.minusSeconds(2), ""), failing);

    get(failing.look());

    assertThat(number("select failures from endpoint_health where subscriber = 1")).isZero();
    assertThat(number("select failures from endpoint_health where subscriber = 2")).isEqualTo(1);
    get(failing.look());
    assertThat(failing.has(1)).isFalse();
    assertThat(failing.has(2)).isTrue();
  }

  private void unnoticed(Attempt taken, FailingEndpoints failing) {
    AttemptBatch batch = AttemptBatch.of(List.of(taken), new BodyHashes(), failing::has);
    assertThat(batch.changes()).isEmpty();
    get(pool.withTransaction(new AttemptFlush(batch, batch.bodies(), RULE)::write));
  }

  @Test
  void whatATalkativeEndpointFailedAtIsCutToTheLastHundred() {
    AttemptTrim trim = new AttemptTrim(pool);
    for (int i = 0; i < 13; i++) {
      AttemptBatch batch =
          AttemptBatch.of(
              IntStream.range(0, 10)
                  .mapToObj(n -> Attempts.failed(1, now, Reason.TIMEOUT))
                  .toList(),
              new BodyHashes(),
              subscriber -> true);
      get(pool.withTransaction(new AttemptFlush(batch, batch.bodies(), RULE)::write));
      get(trim.counted(batch.rows()));
    }

    assertThat(number("select count(*)::int from attempt where subscriber = 1"))
        .isBetween(AttemptTrim.KEPT, AttemptTrim.KEPT + 30);
  }

  @Test
  void afterAWeekNothingIsLeft() {
    Instant old = now.minus(Duration.ofDays(8));
    write(Attempts.taken(1, old, ""), Attempts.failed(1, old, Reason.TIMEOUT));
    write(Attempts.taken(1, now, ""), Attempts.failed(1, now, Reason.TIMEOUT));

    get(new AttemptTrim(pool).old());

    assertThat(page(1)).extracting(LoggedAttempt::at).containsExactly(now, now);
    assertThat(number("select count(*)::int from attempt_body")).isEqualTo(1);
  }

  @Test
  void ofRunsOnlyTheNewestAreKept() {
    get(
        pool.query(
                """
                insert into attempt_run (audience, at, subscribers, offsets, took, statuses)
                select 1, now(), '{1}', '{0}', '{0}', '{200}' from generate_series(1, %d)
                """
                    .formatted(AttemptTrim.RUNS_KEPT + 5))
            .execute());
    int newest = number("select max(id)::int from attempt_run");

    get(new AttemptTrim(pool).old());

    assertThat(number("select count(*)::int from attempt_run")).isEqualTo(AttemptTrim.RUNS_KEPT);
    assertThat(number("select max(id)::int from attempt_run")).isEqualTo(newest);
  }
}
