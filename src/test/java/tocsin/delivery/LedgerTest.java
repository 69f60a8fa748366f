package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static tocsin.delivery.LedgerFixture.get;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.delivery.Completions.Pending;
import tocsin.incident.Update;

class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
  private static final String ROWS = "select count(*)::int from ledger";

  private LedgerFixture engine;

  @BeforeEach
  void start() {
    engine = new LedgerFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void whatCameToTheSameIsOneRowAndSameWordsAreKeptOnce() {
    engine.planned("one", 1_000);
    List<Settlement> batch = new ArrayList<>();
    for (Claim.OfChunk claim : engine.chunks()) {
      for (int id : engine.members(claim)) {
        batch.add(Settlement.sent(claim, id, 1, "queued", NOW));
      }
    }

    assertThat(engine.settle(batch)).isEqualTo(1_000);

    assertThat(engine.number(ROWS)).isEqualTo(2);
    assertThat(engine.number("select sum(cardinality(subscribers))::int from ledger"))
        .isEqualTo(1_000);
    assertThat(engine.number("select sum(cardinality(details))::int from ledger")).isEqualTo(2);
  }

  @Test
  void eachRecipientKeepsItsOwnStateAttemptsAndWords() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Update update = engine.planned("one", 1_700);
    Map<Integer, String> expected = new TreeMap<>();
    List<Settlement> all = new ArrayList<>();
    for (Claim.OfChunk claim : engine.chunks()) {
      for (int id : engine.members(claim)) {
        Settlement settlement = any(claim, id, random);
        all.add(settlement);
        expected.put(
            id,
            settlement.state().word() + " " + settlement.attempts() + " " + settlement.detail());
      }
    }
    Collections.shuffle(all, random);

    for (int from = 0; from < all.size(); from += 300) {
      List<Settlement> batch = all.subList(from, Math.min(from + 300, all.size()));
      assertThat(engine.settle(batch)).as("seed %d", seed).isEqualTo(batch.size());
    }

    Map<Integer, String> recorded = new TreeMap<>();
    for (Delivery delivery : engine.recipients(update)) {
      recorded.put(
          delivery.id().subscriber(),
          delivery.state().word() + " " + delivery.attempts() + " " + delivery.detail());
    }
    assertThat(recorded).as("seed %d", seed).isEqualTo(expected);
    Account account = engine.account(update);
    assertThat(account.pending())
        .as("seed %d", seed)
        .isEqualTo(engine.number("select count(*)::int from retry"))
        .isPositive();
    assertThat(engine.number("select count(*)::int from chunk where done")).isEqualTo(4);
  }

  private static Settlement any(Claim claim, int id, Random random) {
    String words = random.nextBoolean() ? "same" : "own " + id;
    return switch (random.nextInt(4)) {
      case 0 -> Settlement.sent(claim, id, 1 + random.nextInt(2), words, NOW);
      case 1 -> Settlement.failed(claim, id, 1, Reason.POLICY, words, NOW);
      case 2 -> Settlement.unsent(claim, id, DeliveryState.WITHDRAWN, 0, "deleted", NOW);
      default ->
          Settlement.deferred(
              claim, id, 1, Reason.TIMEOUT, words, NOW, NOW.plus(1, ChronoUnit.HOURS));
    };
  }

  @Test
  void aLostClaimLosesOnlyItsOwnChunk() {
    Update update = engine.planned("one", 1_000);
    List<Claim.OfChunk> claims = engine.chunks();
    engine.sql("update chunk set claim = claim + 1 where number = 1");
    List<Settlement> batch = new ArrayList<>();
    for (Claim.OfChunk claim : claims) {
      int first = engine.members(claim)[0];
      batch.add(Settlement.failed(claim, first, 1, Reason.ADDRESS, "550", NOW));
      batch.add(
          Settlement.deferred(claim, first + 1, 1, Reason.TIMEOUT, "", NOW, NOW.plusSeconds(60)));
    }

    assertThat(engine.settle(batch)).isEqualTo(2);

    assertThat(engine.account(update).failed()).isEqualTo(1);
    assertThat(engine.number("select chunk from retry")).isZero();
    assertThat(engine.number("select max(chunk) from ledger")).isZero();
  }

  @Test
  void aWaitOfOurOwnLeavesNoTraceInTheLedger() {
    Update update = engine.planned("one", 3);
    Claim.OfChunk claim = engine.chunks().getFirst();
    engine.settle(
        List.of(
            Settlement.held(claim, 1, 0, Reason.LIMIT, "email:domain:example.com", NOW),
            Settlement.deferred(claim, 2, 0, Reason.ORDER, "", NOW, NOW),
            Settlement.deferred(claim, 3, 0, Reason.CIRCUIT, "", NOW, NOW)));

    assertThat(engine.number(ROWS)).isZero();
    assertThat(engine.account(update).pending()).isEqualTo(3);
    assertThat(engine.recipients(update))
        .extracting(Delivery::state)
        .containsOnly(DeliveryState.DEFERRED);
    assertThat(waits())
        .containsExactly(
            entry(1, "limit email:domain:example.com"),
            entry(2, "order null"),
            entry(3, "circuit null"));
  }

  @Test
  void aRetryThatWaitsAgainSaysForWhatAndKeepsItsPriority() {
    engine.planned("one", 2);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    engine.settle(
        List.of(
            Settlement.deferred(chunk, 1, 1, Reason.TIMEOUT, "", NOW, NOW),
            Settlement.deferred(chunk, 2, 1, Reason.TIMEOUT, "", NOW, NOW)));
    engine.sql("update retry set takeovers = 3");
    List<Claim.OfRetry> due = engine.retries();
    assertThat(due).hasSize(2);

    assertThat(
            engine.settle(
                List.of(
                    Settlement.held(claimOf(due, 1), 1, 1, Reason.LIMIT, "email", NOW),
                    Settlement.sent(claimOf(due, 2), 2, 2, "queued", NOW))))
        .isEqualTo(2);

    assertThat(waits()).containsExactly(entry(1, "limit email"));
    assertThat(engine.number("select priority::int from retry")).isEqualTo(4);
    assertThat(engine.number("select takeovers::int from retry")).isZero();
    assertThat(engine.settle(List.of(Settlement.sent(claimOf(due, 1), 1, 2, "late", NOW))))
        .isZero();
  }

  @Test
  void retriesOfOneChunkThatCameToTheSameAreOneRow() {
    Update update = engine.planned("one", 400);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    List<Settlement> first = new ArrayList<>();
    for (int id : engine.members(chunk)) {
      first.add(Settlement.deferred(chunk, id, 1, Reason.TIMEOUT, "", NOW, NOW));
    }
    engine.settle(first);
    List<Settlement> second = new ArrayList<>();
    for (Claim.OfRetry claim : engine.retries()) {
      String id = claim.subscriber() <= 200 ? "same" : "own " + claim.subscriber();
      int attempts = claim.subscriber() <= 200 ? 2 : 3;
      second.add(Settlement.sent(claim, claim.subscriber(), attempts, id, NOW));
    }

    assertThat(engine.settle(second)).isEqualTo(400);

    assertThat(engine.number(ROWS)).isEqualTo(3);
    assertThat(engine.account(update).sent()).isEqualTo(400);
    assertThat(engine.recipient(update, 7).detail()).isEqualTo("same");
    assertThat(engine.recipient(update, 307).detail()).isEqualTo("own 307");
  }

  @Test
  void progressTakesAParkedChunkBackToWork() {
    engine.planned("one", 2);
    Claim.OfChunk claim = engine.chunks().getFirst();
    engine.sql("update chunk set takeovers = 5, parked_at = now()");

    engine.settle(List.of(Settlement.sent(claim, 1, 1, "", NOW)));

    assertThat(
            engine.number(
                "select count(*)::int from chunk where takeovers = 0 and parked_at is null"))
        .isEqualTo(1);
  }

  @Test
  void onlyWhoWasNeverTriedMakesAnUpdateOld() {
    engine.planned("one", List.of(new Plans.Part(Channel.EMAIL, 3, RoaringBitmap.bitmapOf(1, 2))));
    Claim.OfChunk chunk = engine.chunks().getFirst();
    engine.sql("update incident_update set accepted_at = now() - interval '1 hour'");

    engine.settle(
        List.of(
            Settlement.deferred(chunk, 1, 1, Reason.TIMEOUT, "", NOW, NOW),
            Settlement.deferred(chunk, 2, 1, Reason.TIMEOUT, "", NOW, NOW)));
    assertThat(oldest()).isZero();

    engine.sql("update retry set attempts = 0 where subscriber = 2");
    assertThat(oldest()).isGreaterThanOrEqualTo(Duration.ofMinutes(60));

    engine.sql("update incident_update set control = 'paused'");
    assertThat(oldest()).isZero();
  }

  private Duration oldest() {
    return Objects.requireNonNull(get(engine.completions.pending()).get(Channel.EMAIL)).oldest();
  }

  @Test
  void anAccountIsTheSumOverPrioritiesAndIsToldOnceWhenAllAreDone() {
    Update update =
        engine.planned(
            "one",
            List.of(
                new Plans.Part(Channel.EMAIL, 3, RoaringBitmap.bitmapOf(1, 2)),
                new Plans.Part(Channel.EMAIL, 4, RoaringBitmap.bitmapOf(3, 4, 5))));
    List<Claim.OfChunk> claims = engine.chunks();

    engine.fail(claims.getFirst(), Reason.POLICY, "");
    assertThat(get(engine.completions.note())).isEmpty();
    engine.sql("update incident_update set accepted_at = now() - interval '1 hour'");
    Pending waiting = Objects.requireNonNull(get(engine.completions.pending()).get(Channel.EMAIL));
    assertThat(waiting.count()).isEqualTo(3);
    assertThat(waiting.oldest()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
    engine.fail(claims.getLast(), Reason.POLICY, "");

    assertThat(engine.account(update).audience()).isEqualTo(5);
    assertThat(get(engine.completions.pending())).containsEntry(Channel.EMAIL, Pending.NONE);
    assertThat(get(engine.completions.note()))
        .singleElement()
        .satisfies(done -> {
          assertThat(done.account().audience()).isEqualTo(5);
          assertThat(done.account().failed()).isEqualTo(5);
        });
    assertThat(get(engine.completions.note())).isEmpty();
  }

  private static Claim.OfRetry claimOf(List<Claim.OfRetry> claims, int subscriber) {
    return claims.stream()
        .filter(claim -> claim.subscriber() == subscriber)
        .findFirst()
        .orElseThrow();
  }

  private Map<Integer, String> waits() {
    Map<Integer, String> waits = new TreeMap<>();
    get(engine.pool.query("select subscriber, reason, waits_for from retry").execute())
        .forEach(row ->
            waits.put(
                row.getInteger("subscriber"),
                row.getString("reason") + " " + row.getString("waits_for")));
    return waits;
  }
}
