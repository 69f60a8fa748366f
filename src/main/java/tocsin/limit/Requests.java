package tocsin.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be asked of the database: one request at a time, so many a second, all limits
 * together. Not thread-safe.
 */
final class Requests {
  private static final Duration PACE = Duration.ofMillis(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_REMEMBERED = 10_000;

  private final Map<String, Want> wants = new LinkedHashMap<>();
  private boolean underWay;
  private boolean failing;
  private long notBefore;

  Requests(long now) {
    this.notBefore = now;
  }

  /** The largest want of a key counts; beyond a bound new keys have to come again. */
  void add(Want want) {
    if (wants.size() < MOST_REMEMBERED || wants.containsKey(want.key())) {
      wants.merge(want.key(), want, Want::larger);
    }
  }

  void forget() {
    wants.clear();
  }

  /** The ticker's reading before which nothing is asked. */
  long notBefore() {
    return notBefore;
  }

  /** What to ask now; the caller does, and tells how it ended. Empty: nothing. */
  List<Want> next(long now) {
    if (underWay || wants.isEmpty() || now - notBefore < 0) {
      return List.of();
    }
    List<Want> batch = wants.values().stream().limit(MOST_AT_ONCE).toList();
    batch.forEach(want -> wants.remove(want.key()));
    underWay = true;
    notBefore = now + PACE.toNanos();
    return batch;
  }

  /** What was wanted while the request was under way is answered too. True if others had failed. */
  boolean answered(List<Grant> grants) {
    boolean recovered = failing;
    grants.forEach(grant -> wants.remove(grant.want().key()));
    underWay = false;
    failing = false;
    return recovered;
  }

  /** True for the first failure after a success. Whoever still wants something comes again. */
  boolean failed(long now) {
    boolean first = !failing;
    underWay = false;
    failing = true;
    notBefore = now + PAUSE_AFTER_FAILURE.toNanos();
    wants.clear();
    return first;
  }
}
