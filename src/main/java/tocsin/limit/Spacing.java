package tocsin.limit;

import java.time.Duration;

/**
 * The arithmetic of one limit, the same on every node: slots that lie one interval apart, of which
 * a message spends one or several.
 *
 * <p><b>One permit a message.</b> A slot may be spent from its time on for the length of the slack,
 * never before; later it is lost. What is spent in a window {@code [t, t + per)} are then slots
 * whose times lie between {@code t - slack} and {@code t + per}, and of slots that lie {@code (per
 * + slack) / permits} apart this holds no more than {@code permits}. The slack is 3 % of the
 * window, so under backlog 97 % of the limit is used: without slack a node would have to be exactly
 * on time for every slot. It is at least 20 ms, which is less use of windows below 0.7 s, and at
 * most 10 s.
 *
 * <p><b>Several permits a message</b>, at most {@code largest}. Either each permit takes a slot of
 * its own: the first of a message's slots may then be spent {@code largest - 1} intervals later
 * still, and {@code (per + slack) / (permits - largest + 1)} apart they keep the bound. Or each
 * message takes one slot, whatever it costs, {@code (per + slack) / (permits / largest)} apart: the
 * better way where a few messages fill a window. Which one holds is decided by what the largest and
 * the smallest message would wait together.
 *
 * <p><b>More permits than the window has.</b> Slots lie a window apart, and a message takes as many
 * as the windows that it fills: it goes alone.
 *
 * <p><b>A larger message than ever</b> makes all later slots lie further apart, and the first of
 * them comes a gap later. No spacing lets more than {@code permits} through in the long run, so
 * what a window across the gap holds is at most {@code permits * (1 - gap / (per + slack))} plus
 * one message at either end; with a gap of {@code (per + slack) * 2 * largest / permits} this is no
 * more than {@code permits}.
 *
 * @param unit how many permits of one message a slot covers
 * @param interval nanoseconds between slots
 * @param slack nanoseconds in which a slot can be spent
 * @param gap nanoseconds without slots when a message larger than all before has come
 */
public record Spacing(int largest, int unit, long interval, long slack, long gap) {
  private static final long SHORTEST_SLACK = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_SLACK = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_REST = Duration.ofMillis(5).toNanos();

  /**
   * @param largest the most permits that a message of this limit costs
   */
  public static Spacing of(Rate rate, int largest) {
    long per = rate.per().toNanos();
    long slack = Math.clamp(per * 3 / 100, SHORTEST_SLACK, LONGEST_SLACK);
    long window = per + slack;
    int permits = rate.permits();
    long gap = 2 * Math.ceilDiv(window, permits) * Math.min(largest, permits);
    if (largest > permits) {
      return new Spacing(largest, permits, window, slack, gap);
    }
    long messages = permits / largest;
    long singles = permits - largest + 1L;
    return 2 * singles <= messages * (largest + 1L)
        ? new Spacing(largest, largest, Math.ceilDiv(window, messages), slack, gap)
        : new Spacing(largest, 1, Math.ceilDiv(window, singles), slack, gap);
  }

  /** What a message of so many permits spends. */
  int slots(int permits) {
    return Math.ceilDiv(permits, unit);
  }

  /** How long after its time a slot can be spent together with later ones, in nanoseconds. */
  long patience() {
    return slack + (slots(largest) - 1) * interval;
  }

  /** The furthest that one message moves the next slot, in nanoseconds. */
  long reach() {
    return slots(largest) * interval + gap;
  }

  /**
   * At least so long that several slots of a fast limit are spent at once, and never so long that
   * one is lost.
   */
  long worthWaiting(long nanos) {
    return nanos == 0 ? 0 : Math.max(nanos, Math.min(slack / 4, LONGEST_REST));
  }

  /** Per permit in the long run. */
  public Duration perPermit() {
    return Duration.ofNanos(interval / unit);
  }
}
