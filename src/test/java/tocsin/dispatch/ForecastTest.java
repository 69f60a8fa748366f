package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.dispatch.Forecast.Queued;
import tocsin.limit.Rate;

/** The forecast against a queue that is played to its end on a clock of its own. */
class ForecastTest {
  private static final Percentage TEN_PERCENT = Percentage.withPercentage(10);
  private static final String LANE = "email";
  private static final String SLOW = "email:domain:slow.example.com";
  private static final Map<String, Rate> RATES =
      Map.of(LANE, rate(1_000), "email:domain:*", rate(50));
  private static final Pace PACE = new Pace(RATES, 5_000);

  @ParameterizedTest
  @CsvSource({
    "1000, 0",
    "1000, 10",
    "1000, 300",
    "10000, 100",
    "10000, 3000",
    "100000, 500",
    "100000, 9000"
  })
  void itHoldsWithinTenPercentOfWhatHappens(int recipients, int slow) {
    Queued own = queued(1, 4, recipients, slow);

    assertThat(seconds(own, List.of(own))).isCloseTo(played(own, List.of(own)), TEN_PERCENT);
  }

  @Test
  void itHoldsWhateverElseIsInTheQueue() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 40; round++) {
      List<Queued> queue = new ArrayList<>();
      int others = random.nextInt(4);
      for (int id = 0; id <= others; id++) {
        int recipients = random.nextInt(1_000, 20_000);
        queue.add(queued(id, random.nextInt(3, 6), recipients, random.nextInt(recipients / 30)));
      }
      Queued own = queue.get(random.nextInt(queue.size()));

      assertThat(seconds(own, queue))
          .as("seed %d round %d: %s in %s", seed, round, own, queue)
          .isCloseTo(played(own, queue), TEN_PERCENT);
    }
  }

  @Test
  void whatIsOfALowerPriorityDoesNotCount() {
    Queued own = queued(2, 4, 1_000, 0);
    Queued lower = queued(1, 5, 1_000_000, 0);

    assertThat(Forecast.remaining(own, List.of(own, lower), PACE))
        .isEqualTo(Forecast.remaining(own, List.of(own), PACE));
  }

  @Test
  void whatWaitsInLineForALimitGoesFirst() {
    Queued own = queued(2, 4, 1_000, 100);
    Workload waiting = new Workload(500, Map.of(LANE, 500.0, SLOW, 500.0));
    Queued older = new Queued(1, 1, 4, waiting, Workload.NONE, Duration.ZERO);

    assertThat(seconds(own, List.of(own, older))).isCloseTo(600 * 1.03 / 50, within(0.01));
  }

  @Test
  void aRetryIsNotTriedBeforeItsTime() {
    Workload one = new Workload(1, Map.of(LANE, 1.0));
    Queued own = new Queued(1, 1, 4, one, Workload.NONE, Duration.ofMinutes(15));

    assertThat(Forecast.remaining(own, List.of(own), PACE)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void withoutLimitsItIsTheCapacityThatCounts() {
    Queued own = queued(1, 4, 10_000, 0);

    assertThat(Forecast.remaining(own, List.of(own), new Pace(Map.of(), 500)))
        .isEqualTo(Duration.ofSeconds(20));
  }

  private static double seconds(Queued own, List<Queued> queue) {
    return Forecast.remaining(own, queue, PACE).toMillis() / 1_000.0;
  }

  private static Queued queued(int id, int priority, int recipients, int slow) {
    Workload rest =
        new Workload(recipients, Map.of(LANE, (double) recipients, SLOW, (double) slow));
    return new Queued(id, id, priority, Workload.NONE, rest, Duration.ZERO);
  }

  private static Rate rate(int perSecond) {
    return new Rate(perSecond, Duration.ofSeconds(1));
  }

  /** An audience whose recipients go one by one. */
  private static final class Player {
    private final Queued audience;
    private int fast;
    private int slow;

    Player(Queued audience) {
      this.audience = audience;
      this.slow = audience.rest().permits().getOrDefault(SLOW, 0.0).intValue();
      this.fast = (int) audience.rest().messages() - slow;
    }
  }

  /**
   * When the last of one's own goes, if audiences of a priority take turns and each key grants a
   * permit when its interval is over: 96 % of the limit.
   */
  private static double played(Queued own, List<Queued> queue) {
    List<Player> inTurn = new ArrayList<>(queue.stream().map(Player::new).toList());
    double now = 0;
    double slowFree = 0;
    double last = 0;
    int left = (int) own.rest().messages();
    while (left > 0) {
      boolean slowMayGo = slowFree <= now;
      Optional<Player> next =
          inTurn.stream()
              .filter(it -> it.fast > 0 || (it.slow > 0 && slowMayGo))
              .min(Comparator.comparingInt(it -> it.audience.priority()));
      if (next.isPresent()) {
        Player player = next.get();
        inTurn.remove(player);
        inTurn.add(player);
        if (player.slow > 0 && slowMayGo) {
          player.slow--;
          slowFree = now + 1 / 48.0;
        } else {
          player.fast--;
        }
        if (player.audience.equals(own)) {
          left--;
          last = now;
        }
      }
      now += 1 / 960.0;
    }
    return last;
  }
}
