package tocsin.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the recipients got, by incident and recipient. */
final class Received {
  /** The incident's id, wherever a message names it. */
  static final Pattern INCIDENT = Pattern.compile("chaos-[0-9]+");

  private final Map<Key, Got> all = new ConcurrentHashMap<>();
  private final AtomicInteger unreadable = new AtomicInteger();

  /** Of one recipient. */
  record Key(String incident, String recipient) {}

  /**
   * What one recipient got of one incident.
   *
   * @param id the one that it came under first
   * @param sameId whether it came under that every time
   */
  record Got(String id, int times, boolean sameId) {
    Got again(Got other) {
      return new Got(id, times + other.times, sameId && id.equals(other.id));
    }
  }

  /**
   * @param words that name the incident
   */
  void add(String recipient, String id, String words) {
    Matcher incident = INCIDENT.matcher(words);
    if (incident.find() && !id.isEmpty()) {
      all.merge(new Key(incident.group(), recipient), new Got(id, 1, true), Got::again);
    } else {
      unreadable.incrementAndGet();
    }
  }

  Got of(String incident, String recipient) {
    return all.getOrDefault(new Key(incident, recipient), new Got("", 0, true));
  }

  /** Different messages, however often each came. */
  int distinct() {
    return all.size();
  }

  /** Messages that came once more than once. */
  int repeated() {
    return all.values().stream().mapToInt(got -> got.times() - 1).sum();
  }

  /** Messages that came under two ids. */
  long underTwoIds() {
    return all.values().stream().filter(got -> !got.sameId()).count();
  }

  int unreadable() {
    return unreadable.get();
  }
}
