package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.webhook.Attempt;

class HealthChangeTest {
  private static final Instant BEGIN = Instant.parse("2026-03-04T05:06:07Z");
  private static final List<Reason> REASONS =
      List.of(Reason.TIMEOUT, Reason.UNAVAILABLE, Reason.THROTTLED, Reason.REQUEST);

  static List<Long> seeds() {
    return new Random().longs(20).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itIsTheRowOfFaultsAfterTheLastSuccessOfEachEndpoint(long seed) {
    RandomGenerator random = new Random(seed);
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < random.nextInt(1, 200); i++) {
      int endpoint = random.nextInt(1, 8);
      Instant at = BEGIN.plusMillis(i);
      attempts.add(
          random.nextInt(3) == 0
              ? Attempts.taken(endpoint, at, "")
              : Attempts.failed(endpoint, at, REASONS.get(random.nextInt(REASONS.size()))));
    }

    Collection<HealthChange> changes = HealthChange.of(attempts);

    assertThat(changes).extracting(HealthChange::subscriber).doesNotHaveDuplicates();
    for (int endpoint = 1; endpoint < 8; endpoint++) {
      int id = endpoint;
      List<Attempt> telling =
          attempts.stream()
              .filter(attempt -> attempt.message().id().subscriber() == id)
              .filter(attempt -> AttemptRow.reason(attempt.outcome()) != Reason.REQUEST)
              .toList();
      HealthChange change =
          changes.stream().filter(it -> it.subscriber() == id).findFirst().orElse(null);
      if (telling.isEmpty()) {
        assertThat(change).isNull();
      } else {
        check(change, telling);
      }
    }
  }

  private static void check(@Nullable HealthChange change, List<Attempt> telling) {
    List<Attempt> taken =
        telling.stream().filter(it -> it.outcome() instanceof Outcome.Sent).toList();
    List<Attempt> row =
        taken.isEmpty()
            ? telling
            : telling.subList(telling.indexOf(taken.getLast()) + 1, telling.size());
    assertThat(change)
        .isNotNull()
        .returns(row.size(), HealthChange::failures)
        .returns(!row.isEmpty(), HealthChange::isFailing)
        .returns(row.isEmpty() ? null : row.getFirst().at(), HealthChange::failingSince)
        .returns(row.isEmpty() ? null : row.getLast(), HealthChange::lastFailure)
        .returns(taken.isEmpty() ? null : taken.getLast().at(), HealthChange::succeededAt);
  }

  @Test
  void whatIsNotTheEndpointsFaultSaysNothing() {
    assertThat(HealthChange.of(List.of(Attempts.failed(1, BEGIN, Reason.REQUEST)))).isEmpty();
  }
}
