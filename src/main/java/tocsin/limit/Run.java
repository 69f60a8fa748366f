package tocsin.limit;

/**
 * Slots that were reserved together. Times are readings of the local ticker, and as the database's
 * clock is known only between bounds, a slot has two of them.
 *
 * @param from when the first slot has come for certain
 * @param until when the first slot is lost, unless it is spent together with later ones
 * @param interval nanoseconds from slot to slot
 * @param count at least 1
 */
record Run(long from, long until, long interval, int count) {

  /** Without its first slots; some must be left. */
  Run after(int slots) {
    return new Run(from + slots * interval, until + slots * interval, interval, count - slots);
  }

  Run last() {
    return after(count - 1);
  }
}
