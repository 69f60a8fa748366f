package tocsin.limit;

/**
 * What one send asks of one limit.
 *
 * @param permits what this message costs, at least 1
 * @param wanted what it and everybody who waits for the same limit behind it would cost together;
 *     so many permits are fetched ahead at most
 */
public record Demand(String key, int permits, int wanted) {

  public Demand {
    if (permits < 1 || wanted < permits) {
      throw new IllegalArgumentException("permits: 1 to what is wanted");
    }
  }

  /** Of somebody behind whom nobody waits. */
  public Demand(String key, int permits) {
    this(key, permits, permits);
  }
}
