package tocsin.store;

/** How much room the disk of the embedded server has left. */
enum DiskLevel {
  ENOUGH(Long.MAX_VALUE),
  /** Time to make room: a burst of updates and a backup may need this much. */
  LOW(1L << 30),
  /** What is sent is hardly noted any more, and the server could not start again. */
  FULL(64L << 20);

  private final long below;

  DiskLevel(long below) {
    this.below = below;
  }

  /**
   * @param free in bytes
   */
  static DiskLevel of(long free) {
    return free < FULL.below ? FULL : free < LOW.below ? LOW : ENOUGH;
  }
}
