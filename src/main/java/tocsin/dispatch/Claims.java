package tocsin.dispatch;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.delivery.Chunks;
import tocsin.delivery.Claim;
import tocsin.store.Answer;

/** Takes leases for one lane, keeps them, gives them back. Blocks. */
final class Claims {
  private static final Logger log = LoggerFactory.getLogger(Claims.class);
  private static final int RETRIES_AT_ONCE = 500;

  private final Channel channel;
  private final LaneStore store;
  private final Leases leases;
  private final LaneMetrics metrics;
  private final Time time;
  private int lastTurn;

  /** What was claimed at one time; the leases count from before the database was asked. */
  record Claimed(List<Chunks.Claimed> chunks, List<Claim.OfRetry> retries, long askedAt) {
    boolean isEmpty() {
      return chunks.isEmpty() && retries.isEmpty();
    }
  }

  Claims(Channel channel, LaneStore store, Leases leases, LaneMetrics metrics, Time time) {
    this.channel = channel;
    this.store = store;
    this.leases = leases;
    this.metrics = metrics;
    this.time = time;
  }

  /**
   * Chunks of a priority number below this only, with nothing else: what goes before all that is in
   * hand.
   */
  Claimed urgent(int below, int chunks) {
    long askedAt = time.nanos();
    return new Claimed(
        chunks(Answer.of(store.chunks().claim(channel, below, lastTurn, chunks, Leases.LENGTH))),
        List.of(),
        askedAt);
  }

  /**
   * What is due again, what waits for these limits, and chunks.
   *
   * @param room by limit key, how many may come
   */
  Claimed next(int chunks, Map<String, Integer> room) {
    long askedAt = time.nanos();
    Future<Chunks.Claims> fresh =
        store.chunks().claim(channel, Priority.CLASSES, lastTurn, chunks, Leases.LENGTH);
    Future<List<Claim.OfRetry>> due =
        store.retries().claim(channel, RETRIES_AT_ONCE, Leases.LENGTH);
    Future<List<Claim.OfRetry>> waiting =
        room.isEmpty()
            ? Future.succeededFuture(List.of())
            : store.retries().claimWaiting(channel, room, Leases.LENGTH);
    Answer.of(Future.join(fresh, due, waiting));
    List<Claim.OfRetry> retries = new ArrayList<>(due.result());
    retries.addAll(waiting.result());
    return new Claimed(chunks(fresh.result()), retries, askedAt);
  }

  private List<Chunks.Claimed> chunks(Chunks.Claims claims) {
    if (claims.parked() > 0) {
      log.error(
          "chunk.parked channel={} chunks={}: they ended several workers; see /v1/parked",
          channel.word(),
          claims.parked());
    }
    metrics.takenOver(claims.claimed().stream().filter(Chunks.Claimed::takenOver).count());
    if (!claims.claimed().isEmpty()) {
      lastTurn = claims.claimed().getLast().claim().audience();
    }
    return claims.claimed();
  }

  /** Limits that somebody waits for. */
  List<String> waitingKeys(int most) {
    return Answer.of(store.retries().waitingKeys(channel, most));
  }

  /** Keeps every claim for another lease. */
  void renew() {
    List<Claim> claims = leases.all();
    List<Claim.OfChunk> chunks = of(claims, Claim.OfChunk.class);
    List<Claim.OfRetry> retries = of(claims, Claim.OfRetry.class);
    long askedAt = time.nanos();
    leases.renewed(chunks, Answer.of(store.chunks().extend(chunks, Leases.LENGTH)), askedAt);
    leases.renewed(retries, Answer.of(store.retries().extend(retries, Leases.LENGTH)), askedAt);
  }

  /** Gives every claim back, to be claimed again after so long. */
  void handBack(Duration after) {
    handBack(leases.all(), after);
  }

  /** Gives back what could not be taken up; what of it is under way ends first. */
  void abandon(Claimed claimed) {
    List<Claim> all = new ArrayList<>(claimed.retries());
    claimed.chunks().forEach(chunk -> all.add(chunk.claim()));
    leases.returning(all::contains);
    all.removeAll(leases.all());
    handBack(all, Duration.ZERO);
  }

  /** Gives back what is returning and has nothing under way. */
  void handBackReturnable() {
    List<Claim> claims = leases.returnable();
    if (!claims.isEmpty()) {
      handBack(claims, Duration.ZERO);
    }
  }

  private void handBack(List<Claim> claims, Duration after) {
    leases.giveBack(claims, time.nanosIn(after));
    Answer.of(store.chunks().release(of(claims, Claim.OfChunk.class), after));
    Answer.of(store.retries().release(of(claims, Claim.OfRetry.class), after));
  }

  private static <C extends Claim> List<C> of(List<Claim> claims, Class<C> kind) {
    return claims.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Makes claimable at once what waits of cancelled updates: it is settled, not sent. */
  void hastenCancelled() {
    Answer.of(store.retries().hastenCancelled(channel));
  }

  /** Makes claimable at once what only waits for a limit. */
  void hasten() {
    Answer.of(store.chunks().hasten(channel));
    Answer.of(store.retries().hasten(channel));
  }
}
