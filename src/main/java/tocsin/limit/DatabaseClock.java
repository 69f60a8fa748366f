package tocsin.limit;

/**
 * The database's clock, told by the local ticker. The database read a request after it was asked
 * and before the answer came, which puts the difference of the two clocks between bounds; the
 * quickest answers leave the narrowest. Without them a slot could not be spent when an answer took
 * longer than the slack. Bounds widen with age, as clocks drift, and begin anew when the database's
 * clock was set. Not thread-safe.
 */
final class DatabaseClock {
  /** Twice what clocks that are kept in step drift at most: 1 ms a second. */
  private static final long DRIFT = 1_000;

  private long least = Long.MIN_VALUE / 2;
  private long most = Long.MAX_VALUE / 2;
  private long observedAt;

  /** All in nanoseconds; the first two are readings of the ticker. */
  void observe(long asked, long received, long database) {
    long drift = Math.max(0, received - observedAt) / DRIFT;
    observedAt = received;
    least = Math.max(least - drift, database - received);
    most = Math.min(most + drift, database - asked);
    if (least > most) {
      least = database - received;
      most = database - asked;
    }
  }

  /** The reading at which that time of the database has come for certain. */
  long latest(long database) {
    return database - least;
  }

  /** The reading before which that time of the database has not come for certain. */
  long earliest(long database) {
    return database - most;
  }
}
