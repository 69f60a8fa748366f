package tocsin.bench;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The value in the middle. */
final class Medians {
  private Medians() {}

  /** The mean of the two in the middle where there are two; of something, at least. */
  static <T> double of(Collection<? extends T> things, ToDoubleFunction<? super T> value) {
    double[] sorted = things.stream().mapToDouble(value).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no median of nothing");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
