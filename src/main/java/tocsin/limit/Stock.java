package tocsin.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The slots of one limit that this node has reserved and not yet spent. Not thread-safe. */
final class Stock {
  private final Rate rate;
  private final Deque<Run> runs = new ArrayDeque<>();
  private Spacing spacing;
  private long askAfter;
  private int spent;

  Stock(Rate rate, int largest, long now) {
    this.rate = rate;
    this.spacing = Spacing.of(rate, largest);
    this.askAfter = now;
  }

  Rate rate() {
    return rate;
  }

  Spacing spacing() {
    return spacing;
  }

  /** The ticker's reading before which there is nothing to be had. */
  long askAfter() {
    return askAfter;
  }

  void askAfter(long time) {
    askAfter = time;
  }

  /** Messages may be as large as this from now on; slots that lie too close for it are given up. */
  void grow(int largest) {
    if (largest > spacing.largest()) {
      spacing = Spacing.of(rate, largest);
      runs.clear();
    }
  }

  void add(Run run) {
    runs.add(run);
  }

  /** Nanoseconds until a message can go; zero: now; empty: not with the slots that are here. */
  OptionalLong waitFor(int permits, long now) {
    int slots = spacing.slots(permits);
    Run last = slot(slots);
    Run first = runs.peek();
    while (first != null && isLost(first, last, now)) {
      runs.remove();
      if (first.count() > 1) {
        runs.addFirst(first.after(1));
      }
      first = runs.peek();
      last = slot(slots);
    }
    return last == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, last.from() - now));
  }

  private boolean isLost(Run first, @Nullable Run last, long now) {
    return now - first.until() > spacing.patience() - spacing.slack()
        || (last != null && now - last.until() > 0);
  }

  /** What {@link #waitFor} found. */
  void spend(int permits) {
    int slots = spacing.slots(permits);
    spent += slots;
    while (slots > 0) {
      Run first = runs.remove();
      if (first.count() > slots) {
        runs.addFirst(first.after(slots));
      }
      slots -= Math.min(slots, first.count());
    }
  }

  /** The run that begins with the slot of this number, counted from 1. */
  private @Nullable Run slot(int number) {
    int before = number - 1;
    for (Run run : runs) {
      if (before < run.count()) {
        return run.after(before);
      }
      before -= run.count();
    }
    return null;
  }

  boolean lastsUntil(long time) {
    Run run = runs.peekLast();
    return run != null && run.last().from() - time >= 0;
  }

  int size() {
    int size = 0;
    for (Run run : runs) {
      size += run.count();
    }
    return size;
  }

  /** Slots spent since the last {@link #asked}. */
  int spent() {
    return spent;
  }

  void asked() {
    spent = 0;
  }
}
