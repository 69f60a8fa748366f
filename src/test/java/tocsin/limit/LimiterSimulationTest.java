package tocsin.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several nodes on one database, in simulated time. */
class LimiterSimulationTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @CsvSource({"5,1", "5,3", "100,1", "100,3", "5000,1", "5000,3"})
  void aBacklogUsesNearlyAllOfALimitAndNoWindowHoldsMore(int permits, int nodes) {
    Rate rate = new Rate(permits, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, nodes, Duration.ofMillis(12));
    simulation.rates(Map.of("email", rate));
    simulation.send(() -> List.of(new Demand("email", 1, 100_000)));
    simulation.run(Duration.ofMinutes(1));

    List<Simulation.Spent> spent = simulation.spent("email");
    Windows.assertKept(spent, rate, "seed " + seed);
    assertThat(spent).as("seed %d", seed).hasSizeGreaterThan((int) (0.95 * 60 * permits));
  }

  @ParameterizedTest
  @CsvSource({"5,3", "100,3", "5000,3"})
  void whoDoesNotSayHowManyWaitUsesNearlyAllToo(int permits, int nodes) {
    Rate rate = new Rate(permits, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, nodes, Duration.ofMillis(5));
    simulation.rates(Map.of("email", rate));
    simulation.send(() -> List.of(new Demand("email", 1)));
    simulation.run(Duration.ofMinutes(1));

    List<Simulation.Spent> spent = simulation.spent("email");
    Windows.assertKept(spent, rate, "seed " + seed);
    assertThat(spent).as("seed %d", seed).hasSizeGreaterThan((int) (0.95 * 60 * permits));
  }

  @RepeatedTest(200)
  void noWindowHoldsMoreThanTheRateWhateverMessagesCostAndAnswersTake() {
    int permits = 1 + random.nextInt(random.nextBoolean() ? 12 : 2_000);
    Rate rate = new Rate(permits, Duration.ofMillis(50 + random.nextInt(5_000)));
    int largest = 1 + random.nextInt(Math.min(permits, 10));
    int behind = random.nextInt(500);
    Simulation simulation =
        new Simulation(random, 1 + random.nextInt(4), Duration.ofMillis(1 + random.nextInt(400)));
    simulation.rates(Map.of("sms:sender:*", rate));
    simulation.send(() -> {
      int cost = 1 + random.nextInt(largest);
      return List.of(new Demand("sms:sender:+15005550006", cost, cost + behind));
    });
    simulation.run(Duration.ofSeconds(20));

    List<Simulation.Spent> spent = simulation.spent("sms:sender:+15005550006");
    assertThat(spent).as("seed %d", seed).isNotEmpty();
    Windows.assertKept(spent, rate, "seed %d %s largest %d".formatted(seed, rate, largest));
  }

  @Test
  void aSlowKeyNeverSlowsTheOthers() {
    Rate slow = new Rate(1, Duration.ofMinutes(1));
    Rate fast = new Rate(100, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, 3, Duration.ofMillis(12));
    simulation.rates(
        Map.of("email", fast, "email:domain:slow.example", slow, "email:domain:*", fast));
    simulation.send(() ->
        List.of(new Demand("email", 1, 1_000), new Demand("email:domain:slow.example", 1, 1_000)));
    simulation.send(() ->
        List.of(new Demand("email", 1, 1_000), new Demand("email:domain:fast.example", 1, 1_000)));
    simulation.run(Duration.ofSeconds(121));

    assertThat(simulation.spent("email:domain:slow.example")).as("seed %d", seed).hasSize(2);
    assertThat(simulation.spent("email")).as("seed %d", seed).hasSizeGreaterThan(11_000);
    Windows.assertKept(simulation.spent("email"), fast, "seed " + seed);
  }

  @Test
  void messagesThatFillTheWindowGoOneAWindow() {
    Rate rate = new Rate(3, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, 3, Duration.ofMillis(12));
    simulation.rates(Map.of("sms:sender:*", rate));
    simulation.send(() -> List.of(new Demand("sms:sender:Acme", 3, 300)));
    simulation.run(Duration.ofMinutes(1));

    List<Simulation.Spent> spent = simulation.spent("sms:sender:Acme");
    Windows.assertKept(spent, rate, "seed " + seed);
    assertThat(spent).as("seed %d", seed).hasSizeBetween(57, 60);
  }

  @Test
  void aMessageLargerThanTheWindowGoesAloneAndAsOftenAsItsShareAllows() {
    Rate rate = new Rate(2, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, 3, Duration.ofMillis(12));
    simulation.rates(Map.of("sms:sender:*", rate));
    simulation.send(() -> List.of(new Demand("sms:sender:Acme", 1 + 4 * random.nextInt(2), 300)));
    simulation.run(Duration.ofMinutes(2));

    List<Simulation.Spent> spent = simulation.spent("sms:sender:Acme");
    for (int i = 1; i < spent.size(); i++) {
      if (spent.get(i).permits() > 2 || spent.get(i - 1).permits() > 2) {
        assertThat(spent.get(i).at() - spent.get(i - 1).at())
            .as("seed %d, message %d", seed, i)
            .isGreaterThanOrEqualTo(rate.per().toNanos());
      }
    }
    int windows = spent.stream().mapToInt(each -> Math.ceilDiv(each.permits(), 2)).sum();
    assertThat(windows).as("seed %d", seed).isBetween(100, 120);
  }

  @Test
  void aDatabaseClockThatIsSetBackBlocksNobody() {
    Rate rate = new Rate(10, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, 3, Duration.ofMillis(12));
    simulation.rates(Map.of("email", rate));
    simulation.send(() -> List.of(new Demand("email", 1, 1_000)));
    simulation.run(Duration.ofSeconds(10));
    int before = simulation.spent("email").size();

    simulation.setDatabaseClock(Duration.ofHours(-10));
    simulation.run(Duration.ofSeconds(10));

    assertThat(simulation.spent("email").size() - before).as("seed %d", seed).isBetween(90, 100);
  }

  @Test
  void nothingIsGrantedWhileTheDatabaseIsAwayAndItGoesOnAfterwards() {
    Rate rate = new Rate(10, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, 3, Duration.ofMillis(12));
    simulation.rates(Map.of("email", rate));
    simulation.send(() -> List.of(new Demand("email", 1, 1_000)));
    simulation.run(Duration.ofSeconds(5));

    simulation.databaseDown(true);
    simulation.run(Duration.ofSeconds(1));
    int held = simulation.spent("email").size();
    simulation.run(Duration.ofSeconds(30));
    assertThat(simulation.spent("email")).as("seed %d", seed).hasSize(held);

    simulation.databaseDown(false);
    simulation.run(Duration.ofSeconds(12));
    assertThat(simulation.spent("email")).as("seed %d", seed).hasSizeGreaterThan(held + 100);
    Windows.assertKept(simulation.spent("email"), rate, "seed " + seed);
  }

  @Test
  void aChangedRateHoldsAtOnceAndNoWindowHoldsMoreThanTheLooserOfBoth() {
    Rate hourly = new Rate(1, Duration.ofHours(1));
    Rate fast = new Rate(100, Duration.ofSeconds(1));
    Rate slow = new Rate(10, Duration.ofSeconds(1));
    Simulation simulation = new Simulation(random, 3, Duration.ofMillis(12));
    simulation.rates(Map.of("email", hourly));
    simulation.send(() -> List.of(new Demand("email", 1, 1_000)));
    simulation.run(Duration.ofSeconds(10));
    assertThat(simulation.spent("email")).as("seed %d", seed).hasSize(1);

    simulation.rates(Map.of("email", fast));
    simulation.send(() -> List.of(new Demand("email", 1, 1_000)));
    simulation.run(Duration.ofSeconds(10));
    assertThat(simulation.spent("email")).as("seed %d", seed).hasSizeGreaterThan(900);

    long changed = simulation.now();
    simulation.rates(Map.of("email", slow));
    simulation.run(Duration.ofSeconds(10));
    List<Simulation.Spent> spent = simulation.spent("email");
    Windows.assertKept(spent, fast, "seed " + seed);
    Windows.assertKept(
        spent.stream().filter(each -> each.at() >= changed).toList(), slow, "seed " + seed);
    assertThat(spent)
        .as("seed %d", seed)
        .filteredOn(each -> each.at() >= changed)
        .hasSizeGreaterThan(90);
  }
}
