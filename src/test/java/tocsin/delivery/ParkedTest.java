package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.delivery.LedgerFixture.get;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

class ParkedTest {
  private static final String PARKED =
      "select (select count(*) from chunk where parked_at is not null)::int"
          + " + (select count(*) from retry where parked_at is not null)::int";

  private LedgerFixture engine;
  private Parked parked;

  @BeforeEach
  void start() {
    engine = new LedgerFixture();
    parked = new Parked(engine.pool);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aChunkIsListedWithAllThatWaitInIt() {
    engine.planned("one", 1_200);
    park(3, 2);

    List<ParkedChunk> found = get(parked.list(Integer.MAX_VALUE, Integer.MAX_VALUE, 100));

    assertThat(found).extracting(ParkedChunk::number).containsExactly(2, 1, 0);
    assertThat(found).extracting(ParkedChunk::pending).containsExactly(199, 499, 499);
    assertThat(found).extracting(ParkedChunk::size).containsExactly(200, 500, 500);
    assertThat(found).extracting(ParkedChunk::incident).containsOnly("one");
    ParkedChunk first = found.getFirst();
    assertThat(get(parked.list(first.audience(), first.number(), 1))).containsExactly(found.get(1));
  }

  @Test
  void whatIsParkedIsPendingAndShownAsSuch() {
    engine.planned("one", 1_200);
    assertThat(pending().parked()).isZero();
    park(3, 2);

    assertThat(pending().parked()).isEqualTo(pending().count()).isEqualTo(1_197);

    get(parked.requeue(null));
    assertThat(pending().parked()).isZero();
    assertThat(pending().count()).isEqualTo(1_197);
  }

  private Completions.Pending pending() {
    return Objects.requireNonNull(get(engine.completions.pending()).get(Channel.EMAIL));
  }

  @Test
  void whatIsRequeuedIsClaimableAtOnceAsIfNothingHadHappened() {
    engine.planned("one", 600);
    park(2, 1);

    assertThat(get(parked.requeue(null))).isEqualTo(new Parked.Report(598, false));

    assertThat(engine.number(PARKED)).isZero();
    assertThat(engine.number("select max(takeovers)::int from chunk")).isZero();
    assertThat(engine.chunks()).hasSize(2);
    assertThat(engine.retries()).hasSize(2);
    assertThat(get(parked.requeue(null))).isEqualTo(new Parked.Report(0, false));
  }

  @Test
  void anotherIncidentsStayParked() {
    engine.planned("one", 10);
    park(1, 1);
    engine.planned("two", 10);
    park(1, 1);

    assertThat(get(parked.requeue("one")).more()).isFalse();

    assertThat(get(parked.list(Integer.MAX_VALUE, Integer.MAX_VALUE, 100)))
        .singleElement()
        .returns("two", ParkedChunk::incident)
        .returns(9, ParkedChunk::pending);
  }

  /** Of each claimable chunk one member is sent to, one is a parked retry, the rest is parked. */
  private void park(int chunks, int retriesOfEach) {
    List<Settlement> batch = new ArrayList<>();
    List<Claim.OfChunk> claims = engine.chunks();
    assertThat(claims).hasSize(chunks);
    Instant now = Instant.now();
    for (Claim.OfChunk claim : claims) {
      int[] members = engine.members(claim);
      batch.add(Settlement.sent(claim, members[0], 1, "", now));
      for (int i = 1; i <= retriesOfEach; i++) {
        batch.add(Settlement.deferred(claim, members[i], 1, Reason.TIMEOUT, "", now, now));
      }
    }
    engine.settle(batch);
    engine.sql(
        "update chunk set parked_at = now(), takeovers = 5, leased = false where not done"
            + " and parked_at is null",
        "update retry set parked_at = now(), takeovers = 5, leased = false"
            + " where parked_at is null");
  }
}
