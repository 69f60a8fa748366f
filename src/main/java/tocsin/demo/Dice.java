package tocsin.demo;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Chances and choices from one source of randomness. */
final class Dice {
  private static final int SECRET_BYTES = 24;

  private final RandomGenerator random;

  Dice(RandomGenerator random) {
    this.random = random;
  }

  /** True so many times in a hundred. */
  boolean chance(int percent) {
    return hundredth() < percent;
  }

  /** 0 to 99. */
  int hundredth() {
    return random.nextInt(100);
  }

  /** Both bounds may come. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** One or more of them, at most so many. */
  <T> Set<T> some(List<T> choices, int most) {
    Set<T> some = new HashSet<>();
    for (int i = between(1, most); i > 0; i--) {
      some.add(one(choices));
    }
    return some;
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> shuffled = new ArrayList<>(list);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(random.nextInt(i + 1), shuffled.get(i)));
    }
    return shuffled;
  }

  /** A webhook's signing secret. */
  String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }
}
