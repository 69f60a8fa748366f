package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tocsin.delivery.Claim;

/**
 * The claims that a lane holds, how much of each is unsettled, and until when each surely holds. A
 * lease that could not be renewed in time is treated as lost before anybody else may have it: time
 * is counted from before the database was asked. Thread-safe.
 */
final class Leases {
  static final Duration LENGTH = Duration.ofSeconds(15);

  private static final class Held {
    int unsettled;
    int underWay;
    long until;
    boolean returning;
    boolean givenBack;
  }

  private final Time time;
  private final Map<Claim, Held> held = new HashMap<>();

  Leases(Time time) {
    this.time = time;
  }

  synchronized void add(Claim claim, int unsettled, long askedAt) {
    Held lease = new Held();
    lease.unsettled = unsettled;
    lease.until = askedAt + LENGTH.toNanos();
    held.put(claim, lease);
  }

  synchronized boolean holds(Claim claim) {
    Held lease = held.get(claim);
    return lease != null && isSure(lease);
  }

  /** One member is on its way to the record: by a send, or without one. */
  synchronized void underWay(Claim claim) {
    Held lease = held.get(claim);
    if (lease != null) {
      lease.underWay++;
    }
  }

  /** Whether anything is on its way to the record. */
  synchronized boolean anyUnderWay() {
    return held.values().stream().anyMatch(lease -> lease.underWay > 0 && isSure(lease));
  }

  /** So many members are on record; with the last one the claim is forgotten. */
  synchronized void settle(Claim claim, int members) {
    Held lease = held.get(claim);
    if (lease == null) {
      return;
    }
    lease.underWay -= members;
    lease.unsettled -= members;
    if (lease.unsettled == 0) {
      held.remove(claim);
    }
  }

  private boolean isSure(Held lease) {
    return lease.until - time.nanos() > 0;
  }

  /** Of the claims that were asked for, these were extended; the others are lost. */
  synchronized void renewed(
      Collection<? extends Claim> asked, Collection<? extends Claim> extended, long askedAt) {
    Set<Claim> kept = new HashSet<>(extended);
    for (Claim claim : asked) {
      Held lease = held.get(claim);
      if (lease != null && !lease.givenBack && kept.contains(claim)) {
        lease.until = askedAt + LENGTH.toNanos();
      } else if (!kept.contains(claim)) {
        held.remove(claim);
      }
    }
  }

  /** Nothing more is begun under these; they go back when what is under way has ended. */
  synchronized void returning(Predicate<Claim> claims) {
    held.forEach((claim, lease) -> lease.returning |= claims.test(claim));
  }

  /** Those that can go back now. */
  synchronized List<Claim> returnable() {
    return held.entrySet().stream()
        .filter(entry -> entry.getValue().returning && !entry.getValue().givenBack)
        .filter(entry -> entry.getValue().underWay == 0 && isSure(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * These go back: they are not renewed any more, but what is already in flight under them may
   * still end until then.
   */
  synchronized void giveBack(Collection<? extends Claim> claims, long until) {
    held.values().removeIf(lease -> !isSure(lease));
    for (Claim claim : claims) {
      Held lease = held.get(claim);
      if (lease != null) {
        lease.givenBack = true;
        lease.until = Math.min(lease.until, until);
      }
    }
  }

  /** Claims that are to be kept; an expired one is not revived, since somebody may hold it now. */
  synchronized List<Claim> all() {
    held.values().removeIf(lease -> !isSure(lease));
    List<Claim> claims = new ArrayList<>();
    held.forEach((claim, lease) -> {
      if (!lease.givenBack) {
        claims.add(claim);
      }
    });
    return claims;
  }

  /** Audiences of which anything is held. */
  synchronized Set<Integer> audiences() {
    return held.keySet().stream().map(Claim::audience).collect(Collectors.toSet());
  }
}
