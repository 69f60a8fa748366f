package tocsin.demo;

import java.util.List;

/**
 * What came of the comparison with the oracle.
 *
 * @param expected how many messages there had to be at least
 */
record Verdict(int expected, List<Difference> differences) {
  Verdict {
    differences = List.copyOf(differences);
  }

  boolean isOk() {
    return differences.isEmpty();
  }
}
