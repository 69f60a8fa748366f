package tocsin.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;

/** What a limit promises of every sliding window, checked. */
final class Windows {
  private Windows() {}

  /** Of messages that fit into the limit. */
  static void assertKept(List<Simulation.Spent> spent, Rate rate, String because) {
    List<Simulation.Spent> inOrder =
        spent.stream().sorted(Comparator.comparingLong(Simulation.Spent::at)).toList();
    long per = rate.per().toNanos();
    int first = 0;
    long held = 0;
    for (Simulation.Spent each : inOrder) {
      held += each.permits();
      while (each.at() - inOrder.get(first).at() >= per) {
        held -= inOrder.get(first).permits();
        first++;
      }
      assertThat(held)
          .as("%s: spent in the window that ends at %d", because, each.at())
          .isLessThanOrEqualTo(rate.permits());
    }
  }
}
