package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.Recipient;
import tocsin.delivery.Claim;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.FrozenAudience;
import tocsin.delivery.Settlement;
import tocsin.store.Answer;

/**
 * Claims work for one lane, reads its recipients' present addresses, and keeps the leases. Blocks.
 */
final class Backlog {
  private static final int CHUNKS_AT_ONCE = 4;
  private static final int RETRIES_AT_ONCE = 500;

  private final Channel channel;
  private final LaneStore store;
  private final Leases leases;
  private final Time time;

  /** What one load brought: what can be sent, and what is settled without being sent. */
  record Load(List<Task> tasks, List<Settlement> settled) {
    boolean isEmpty() {
      return tasks.isEmpty() && settled.isEmpty();
    }
  }

  private record Member(Claim claim, int subscriber, int attempts) {}

  Backlog(Channel channel, LaneStore store, Leases leases, Time time) {
    this.channel = channel;
    this.store = store;
    this.leases = leases;
    this.time = time;
  }

  /** What is due again first, then fresh chunks. */
  Load load() {
    long askedAt = time.nanos();
    List<Claim.OfRetry> due =
        Answer.of(store.retries().claim(channel, RETRIES_AT_ONCE, Leases.LENGTH));
    List<Claim.OfChunk> fresh =
        Answer.of(store.chunks().claim(channel, CHUNKS_AT_ONCE, Leases.LENGTH));
    if (due.isEmpty() && fresh.isEmpty()) {
      return new Load(List.of(), List.of());
    }
    Map<Integer, FrozenAudience> frozen =
        Answer.of(
            store
                .audiences()
                .load(Stream.concat(due.stream(), fresh.stream()).map(Claim::audience).toList()));
    List<Member> members = new ArrayList<>();
    for (Claim.OfRetry claim : due) {
      members.add(new Member(claim, claim.subscriber(), claim.attempts()));
    }
    Map<Claim.OfChunk, Set<Integer>> left = Answer.of(store.chunks().left(fresh));
    for (Claim.OfChunk claim : fresh) {
      Set<Integer> gone = left.getOrDefault(claim, Set.of());
      int[] rest =
          IntStream.of(audienceOf(claim, frozen).chunk(claim.chunk()))
              .filter(id -> !gone.contains(id))
              .toArray();
      for (int id : rest) {
        members.add(new Member(claim, id, 0));
      }
    }
    Load load = sort(members, frozen);
    members.stream()
        .collect(Collectors.groupingBy(Member::claim, Collectors.counting()))
        .forEach((claim, count) -> leases.add(claim, count.intValue(), askedAt));
    return load;
  }

  private Load sort(List<Member> members, Map<Integer, FrozenAudience> frozen) {
    int[] ids = members.stream().mapToInt(Member::subscriber).distinct().toArray();
    Map<Integer, Recipient> present = new HashMap<>();
    for (Recipient recipient : Answer.of(store.recipients().load(ids))) {
      present.put(recipient.id(), recipient);
    }
    List<Task> tasks = new ArrayList<>();
    List<Settlement> settled = new ArrayList<>();
    for (Member member : members) {
      Recipient recipient = present.get(member.subscriber());
      if (recipient == null || recipient.standing().hasLeft()) {
        settled.add(unsent(member, DeliveryState.WITHDRAWN, recipient));
      } else if (recipient.standing().isSuppressed()) {
        settled.add(unsent(member, DeliveryState.SUPPRESSED, recipient));
      } else {
        FrozenAudience audience = audienceOf(member.claim(), frozen);
        tasks.add(new Task(member.claim(), audience.update(), recipient, member.attempts()));
      }
    }
    return new Load(tasks, settled);
  }

  private Settlement unsent(Member member, DeliveryState state, @Nullable Recipient recipient) {
    String detail = recipient == null ? "erased" : recipient.standing().word();
    return Settlement.unsent(
        member.claim(), member.subscriber(), state, member.attempts(), detail, time.now());
  }

  private static FrozenAudience audienceOf(Claim claim, Map<Integer, FrozenAudience> frozen) {
    FrozenAudience audience = frozen.get(claim.audience());
    if (audience == null) {
      throw new IllegalStateException("chunk without audience " + claim.audience());
    }
    return audience;
  }

  /** False when the claim may be somebody else's by now: what is under it must not be sent. */
  boolean holds(Claim claim) {
    return leases.holds(claim);
  }

  /** One of its members is on its way to the record. */
  void underWay(Claim claim) {
    leases.underWay(claim);
  }

  /** Whether anything is on its way to the record: its claim must not go back. */
  boolean anyUnderWay() {
    return leases.anyUnderWay();
  }

  /** Keeps every claim for another lease. */
  void renew() {
    List<Claim.OfChunk> chunks = leases.chunks();
    List<Claim.OfRetry> retries = leases.retries();
    long askedAt = time.nanos();
    leases.renewed(chunks, Answer.of(store.chunks().extend(chunks, Leases.LENGTH)), askedAt);
    leases.renewed(retries, Answer.of(store.retries().extend(retries, Leases.LENGTH)), askedAt);
  }

  /** Gives every claim back, to be claimed again after so long. */
  void handBack(Duration after) {
    List<Claim.OfChunk> chunks = leases.chunks();
    List<Claim.OfRetry> retries = leases.retries();
    long until = time.nanosIn(after);
    leases.giveBack(chunks, until);
    leases.giveBack(retries, until);
    Answer.of(store.chunks().release(chunks, after));
    Answer.of(store.retries().release(retries, after));
  }

  /** Makes due at once what waits only for a limit. */
  void hasten() {
    Answer.of(store.chunks().hasten(channel));
    Answer.of(store.retries().hasten(channel));
  }
}
