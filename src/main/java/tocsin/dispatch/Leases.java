package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tocsin.delivery.Claim;

/**
 * The claims that a lane holds, how much of each is unsettled, and until when each surely holds. A
 * lease that could not be renewed in time is treated as lost before anybody else may have it: time
 * is counted from before the database was asked. Thread-safe.
 */
final class Leases {
  static final Duration LENGTH = Duration.ofSeconds(30);

  private static final class Held {
    int unsettled;
    int underWay;
    long until;
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

  /** One member is on its way to the record: by a worker, or without a send. */
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

  /** One member is on record; with the last one the claim is forgotten. */
  synchronized void settle(Claim claim) {
    Held lease = held.get(claim);
    if (lease == null) {
      return;
    }
    lease.underWay--;
    if (--lease.unsettled == 0) {
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

  synchronized List<Claim.OfChunk> chunks() {
    return of(Claim.OfChunk.class);
  }

  synchronized List<Claim.OfRetry> retries() {
    return of(Claim.OfRetry.class);
  }

  /** An expired lease is not among them: who holds it now is not known, so it is never revived. */
  private <C extends Claim> List<C> of(Class<C> kind) {
    held.values().removeIf(lease -> !isSure(lease));
    List<C> claims = new ArrayList<>();
    held.forEach((claim, lease) -> {
      if (kind.isInstance(claim) && !lease.givenBack) {
        claims.add(kind.cast(claim));
      }
    });
    return claims;
  }
}
