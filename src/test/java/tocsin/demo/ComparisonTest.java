package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;
import tocsin.audience.Subscription;
import tocsin.demo.Difference.Kind;

class ComparisonTest {
  private static final List<DemoSubscriber> EVERYBODY =
      List.of(
          TinyWorld.person("ana", TinyWorld.NORTH, Subscription.ALL),
          TinyWorld.person("ben", TinyWorld.NORTH, Subscription.ALL));
  private static final Expectation ANA =
      new Expectation(Map.of(new Notice("ana", 1), "en"), Map.of(new Notice("ben", 1), "en"));
  private static final Telling FIRST = new Telling(1, "en");

  @Test
  void exactlyWhatWasExpectedMakesNoDifference() {
    assertThat(compare(arrival("ana", "m1", FIRST))).isEmpty();
    assertThat(compare(arrival("ana", "m1", FIRST), arrival("ben", "m2", FIRST))).isEmpty();
  }

  @Test
  void everyDifferenceIsNamed() {
    assertThat(compare()).containsExactly(difference(Kind.MISSING, 1, "ana"));
    assertThat(compare(arrival("ana", "m1", FIRST), arrival("ana", "m2", FIRST)))
        .containsExactly(difference(Kind.DUPLICATE, 1, "ana"));
    assertThat(compare(arrival("ana", "m1", FIRST), arrival("ben", "m1", FIRST)))
        .containsExactly(difference(Kind.REPEATED_ID, 1, "m1"));
    assertThat(compare(arrival("ana", "m1", FIRST), arrival("ana", "m2", new Telling(2, "en"))))
        .containsExactly(difference(Kind.UNEXPECTED, 2, "ana"));
    assertThat(compare(arrival("ana", "m1", FIRST), arrival("carl", "m2", FIRST)))
        .containsExactly(difference(Kind.UNEXPECTED, 1, "nobody"));
    assertThat(compare(arrival("ana", "m1", FIRST), arrival("ana", "m2", null)))
        .containsExactly(difference(Kind.UNEXPECTED, 0, "ana"));
    assertThat(compare(arrival("ana", "m1", new Telling(1, "de"))))
        .containsExactly(difference(Kind.LANGUAGE, 1, "ana"));
  }

  @Test
  void unverifiedMessageCountsAsNone() {
    Arrival forged =
        new Arrival(0, Channel.EMAIL, "ana@example.com", "m1", false, Instant.EPOCH, FIRST, null);

    assertThat(compare(forged))
        .containsExactly(difference(Kind.UNVERIFIED, 1, "ana"), difference(Kind.MISSING, 1, "ana"));
  }

  private static List<Difference> compare(Arrival... arrivals) {
    return Comparison.of(ANA, EVERYBODY, List.of(arrivals));
  }

  private static Difference difference(Kind kind, int sequence, String subject) {
    return new Difference(kind, sequence, Channel.EMAIL, subject);
  }

  private static Arrival arrival(String name, String id, @Nullable Telling telling) {
    return new Arrival(
        0, Channel.EMAIL, name + "@example.com", id, true, Instant.EPOCH, telling, null);
  }
}
