package tocsin.dispatch;

import java.time.Duration;

/**
 * Keeps a provider or host that is down from costing attempts: after some failures in a row it
 * opens, and then admits one probe at a time, at growing distances, until one succeeds. Not
 * thread-safe.
 */
final class Circuit {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private final int threshold;
  private int failures;
  private boolean open;
  private Duration pause = FIRST_PAUSE;
  private long probeAt;

  /**
   * @param threshold failures in a row that open it
   */
  Circuit(int threshold) {
    this.threshold = threshold;
  }

  boolean isOpen() {
    return open;
  }

  /** When the next probe may go; only while it is open. */
  long probeAt() {
    return probeAt;
  }

  void succeeded() {
    failures = 0;
    open = false;
    pause = FIRST_PAUSE;
  }

  /** A send that was no probe failed. */
  void failed(long now) {
    if (!open && ++failures >= threshold) {
      open(now);
    }
  }

  void probeFailed(long now) {
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    open(now);
  }

  /** Opens at once: whoever asks would be refused. */
  void trip(long now, Duration length) {
    pause = length;
    open(now);
  }

  private void open(long now) {
    open = true;
    probeAt = now + pause.toNanos();
  }
}
