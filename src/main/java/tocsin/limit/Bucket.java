package tocsin.limit;

/**
 * The arithmetic of one limit: a token bucket kept as one number (GCRA), the theoretical arrival
 * time in nanoseconds.
 *
 * <p>With a burst of b and one permit per interval after it, n permits fall into a window T only if
 * (n - b) * interval < T. The interval T / (permits - b + 1) therefore keeps every sliding window
 * at or below the rate, and b = 1 + permits / 25 still grants 96 % of it under backlog.
 */
record Bucket(Rate rate, long arrival) {

  static Bucket full(Rate rate, long now) {
    return new Bucket(rate, now);
  }

  /** Nanoseconds until so many permits can be had; more than a burst waits for a full bucket. */
  long waitFor(int permits, long now) {
    long credit = (burst() - Math.min(permits, burst())) * interval();
    return Math.max(0, arrival - now - credit);
  }

  Bucket spend(int permits, long now) {
    return new Bucket(rate, Math.max(arrival, now) + permits * interval());
  }

  /** Nanoseconds per permit in the long run. */
  long interval() {
    long divisor = rate.permits() - burst() + 1;
    return (rate.per().toNanos() + divisor - 1) / divisor;
  }

  private long burst() {
    return 1L + rate.permits() / 25;
  }
}
