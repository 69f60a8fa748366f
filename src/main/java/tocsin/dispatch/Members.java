package tocsin.dispatch;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Recipient;
import tocsin.audience.Standing;
import tocsin.channel.Reason;
import tocsin.delivery.Chunks;
import tocsin.delivery.Claim;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.FrozenAudience;
import tocsin.delivery.Settlement;
import tocsin.delivery.Successions.Open;
import tocsin.delivery.Successions.Succession;
import tocsin.incident.Control;
import tocsin.store.Answer;

/**
 * Reads who is behind a lane's claims, as they are now, and sorts them: who is sent to, who has
 * left or cannot be reached, whose update is superseded, and who must wait for an older one. What
 * was paused meanwhile goes back as it is. Blocks.
 */
final class Members {
  /** An older update that somebody is just sending is on record soon. */
  private static final Duration UNTIL_THE_OLDER_IS_SETTLED = Duration.ofMillis(500);

  /** One whose next try is far off may be settled otherwise. */
  private static final Duration LONGEST_LOOK_AWAY = Duration.ofSeconds(10);

  private final LaneStore store;
  private final Leases leases;
  private final RecipientLimit limit;
  private final Throttles throttles;
  private final Time time;

  /** What can be sent, and what is settled without being sent. */
  record Sorted(List<Task> tasks, List<Settlement> settled) {}

  private record Member(Claim claim, int subscriber) {
    boolean isReplay() {
      return claim instanceof Claim.OfRetry retry && retry.replay();
    }

    Superseding.Kind kind() {
      return isReplay() ? Superseding.Kind.REPLAY : Superseding.Kind.NEWS;
    }
  }

  /** All that the sorting of one audience's members rests on. */
  private record Situation(
      FrozenAudience audience,
      Control control,
      List<FrozenAudience> newer,
      List<FrozenAudience> older) {}

  Members(LaneStore store, Leases leases, RecipientLimit limit, Throttles throttles, Time time) {
    this.store = store;
    this.leases = leases;
    this.limit = limit;
    this.throttles = throttles;
    this.time = time;
  }

  /** Holds the leases from now on. */
  Sorted sort(Claims.Claimed claimed) {
    Set<Integer> audiences =
        Stream.concat(
                claimed.chunks().stream().map(Chunks.Claimed::claim), claimed.retries().stream())
            .map(Claim::audience)
            .collect(Collectors.toSet());
    Map<Integer, Situation> situations = situations(audiences);
    List<Member> members = members(claimed, situations);
    Future<List<Recipient>> reading =
        store.recipients().load(members.stream().mapToInt(Member::subscriber).distinct().toArray());
    Map<Integer, List<Open>> olderOnes = olderOnes(members, situations);
    Map<Integer, Recipient> present = new HashMap<>();
    for (Recipient recipient : Answer.of(reading)) {
      present.put(recipient.id(), recipient);
    }
    Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>());
    for (Member member : members) {
      Situation situation = Objects.requireNonNull(situations.get(member.claim().audience()));
      if (!isPaused(situation)) {
        sort(
            member,
            present.get(member.subscriber()),
            situation,
            olderOnes.getOrDefault(member.subscriber(), List.of()),
            sorted);
      }
    }
    members.stream()
        .collect(Collectors.groupingBy(Member::claim, Collectors.counting()))
        .forEach((claim, count) -> leases.add(claim, count.intValue(), claimed.askedAt()));
    leases.returning(claim -> isPaused(situations.get(claim.audience())));
    holdWhoHadEnough(sorted);
    return sorted;
  }

  private void holdWhoHadEnough(Sorted sorted) {
    Map<Integer, Instant> notBefore =
        limit.notBefore(sorted.tasks().stream().map(task -> task.recipient().id()).toList());
    sorted
        .tasks()
        .removeIf(task -> {
          Instant due = notBefore.get(task.recipient().id());
          if (due != null) {
            sorted.settled().add(waiting(task.claim(), task.recipient().id(), Reason.LIMIT, due));
          }
          return due != null;
        });
  }

  private static boolean isPaused(@Nullable Situation situation) {
    return situation != null && situation.control() == Control.PAUSED;
  }

  private Map<Integer, Situation> situations(Set<Integer> audiences) {
    Map<Integer, Succession> successions = Answer.of(store.successions().of(audiences));
    Set<Integer> all = new HashSet<>(audiences);
    successions
        .values()
        .forEach(succession -> {
          all.addAll(succession.newer());
          all.addAll(succession.older());
        });
    Map<Integer, FrozenAudience> frozen = Answer.of(store.audiences().load(all));
    Map<Integer, Situation> situations = new HashMap<>();
    successions.forEach((id, succession) ->
        situations.put(
            id,
            new Situation(
                Objects.requireNonNull(frozen.get(id)),
                succession.control(),
                each(frozen, succession.newer()),
                each(frozen, succession.older()))));
    return situations;
  }

  private static List<FrozenAudience> each(
      Map<Integer, FrozenAudience> frozen, Collection<Integer> ids) {
    return ids.stream().map(frozen::get).filter(Objects::nonNull).toList();
  }

  private List<Member> members(Claims.Claimed claimed, Map<Integer, Situation> situations) {
    List<Member> members = new ArrayList<>();
    for (Claim.OfRetry claim : claimed.retries()) {
      members.add(new Member(claim, claim.subscriber()));
    }
    Map<Claim.OfChunk, Set<Integer>> left =
        Answer.of(
            store
                .chunks()
                .left(
                    claimed.chunks().stream()
                        .filter(chunk -> !chunk.fresh())
                        .map(Chunks.Claimed::claim)
                        .toList()));
    for (Chunks.Claimed chunk : claimed.chunks()) {
      Claim.OfChunk claim = chunk.claim();
      Set<Integer> gone = left.getOrDefault(claim, Set.of());
      Situation situation = Objects.requireNonNull(situations.get(claim.audience()));
      for (int id : situation.audience().chunk(claim.chunk())) {
        if (!gone.contains(id)) {
          members.add(new Member(claim, id));
        }
      }
    }
    return members;
  }

  /** By subscriber, what of older updates is not settled for the claimed ones. */
  private Map<Integer, List<Open>> olderOnes(
      List<Member> members, Map<Integer, Situation> situations) {
    Map<Integer, List<Open>> open = new HashMap<>();
    for (Situation situation : situations.values()) {
      for (FrozenAudience older : situation.older()) {
        List<Integer> shared =
            members.stream()
                .filter(member -> member.claim().audience() == situation.audience().id())
                .map(Member::subscriber)
                .filter(older.members()::contains)
                .toList();
        for (Open delivery : Answer.of(store.successions().open(older, shared))) {
          open.computeIfAbsent(delivery.subscriber(), id -> new ArrayList<>()).add(delivery);
        }
      }
    }
    return open;
  }

  private void sort(
      Member member,
      @Nullable Recipient recipient,
      Situation situation,
      List<Open> olderOnes,
      Sorted sorted) {
    if (recipient == null) {
      sorted.settled().add(unsent(member, DeliveryState.WITHDRAWN, "erased"));
    } else if (recipient.standing() != Standing.ACTIVE) {
      Standing standing = recipient.standing();
      sorted.settled().add(unsent(member, DeliveryState.withoutSending(standing), standing.word()));
    } else if (situation.control() == Control.CANCELLED) {
      sorted.settled().add(unsent(member, DeliveryState.SUPPRESSED, Control.CANCELLED.word()));
    } else if (!member.isReplay()
        && Superseding.isSuperseded(situation.audience(), recipient, situation.newer())) {
      sorted.settled().add(unsent(member, DeliveryState.SUPERSEDED, ""));
    } else {
      List<Open> first = goingFirst(member, recipient, situation, olderOnes);
      Instant pause = throttles.until(recipient.id(), time.now());
      if (pause != null) {
        sorted.settled().add(waiting(member.claim(), member.subscriber(), Reason.LIMIT, pause));
      } else if (first.isEmpty()) {
        sorted.tasks().add(task(member, recipient, situation.audience()));
      } else {
        sorted
            .settled()
            .add(waiting(member.claim(), member.subscriber(), Reason.ORDER, after(first)));
      }
    }
  }

  private static List<Open> goingFirst(
      Member member, Recipient recipient, Situation situation, List<Open> olderOnes) {
    return olderOnes.stream()
        .filter(open ->
            situation.older().stream()
                .filter(older -> older.id() == open.audience())
                .anyMatch(older -> Superseding.blocks(older, recipient, open, member.kind())))
        .toList();
  }

  /** When to look again whether the older ones are settled: not before one of them is tried. */
  private Instant after(List<Open> first) {
    Instant now = time.now();
    Instant soon = now.plus(UNTIL_THE_OLDER_IS_SETTLED);
    Instant late = now.plus(LONGEST_LOOK_AWAY);
    return first.stream()
        .filter(open -> !open.leased())
        .map(Open::due)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .filter(soon::isBefore)
        .map(due -> due.isBefore(late) ? due : late)
        .orElse(soon);
  }

  private Settlement waiting(Claim claim, int subscriber, Reason reason, Instant due) {
    return Settlement.deferred(claim, subscriber, attempts(claim), reason, "", time.now(), due);
  }

  private Settlement unsent(Member member, DeliveryState state, String detail) {
    return Settlement.unsent(
        member.claim(), member.subscriber(), state, attempts(member.claim()), detail, time.now());
  }

  private static Task task(Member member, Recipient recipient, FrozenAudience audience) {
    Instant requeuedAt = member.claim() instanceof Claim.OfRetry retry ? retry.requeuedAt() : null;
    return new Task(
        member.claim(),
        audience,
        recipient,
        attempts(member.claim()),
        requeuedAt == null ? audience.update().acceptedAt() : requeuedAt);
  }

  private static int attempts(Claim claim) {
    return switch (claim) {
      case Claim.OfChunk chunk -> 0;
      case Claim.OfRetry retry -> retry.attempts();
    };
  }
}
