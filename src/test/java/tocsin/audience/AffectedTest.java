package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

class AffectedTest {
  private static final Subscription WEB_IN_EMEA =
      new Subscription(Set.of("web"), Set.of("emea"), null, Impact.NONE);
  private static final Subscription API_IN_APAC =
      new Subscription(Set.of("api"), Set.of("apac"), null, Impact.NONE);

  @Test
  void oneSubscriptionAgreesWithOneEntryInEveryDimension() {
    assertThat(affected(scope("web", "emea", null), WEB_IN_EMEA)).isTrue();
    assertThat(affected(scope("api", "emea", null), WEB_IN_EMEA)).isFalse();
    assertThat(affected(scope("web", "apac", null), WEB_IN_EMEA)).isFalse();
  }

  @Test
  void aSideThatNamesNoneAgreesWithAll() {
    assertThat(affected(scope(null, null, null), WEB_IN_EMEA)).isTrue();
    assertThat(affected(scope("web", null, null), WEB_IN_EMEA)).isTrue();
    assertThat(affected(scope("anything", "anywhere", "any"), Subscription.ALL)).isTrue();
    assertThat(affected(scope("web", "emea", "na-2"), WEB_IN_EMEA)).isTrue();
  }

  @Test
  void halvesOfTwoSubscriptionsMakeNoMatch() {
    assertThat(affected(scope("web", "apac", null), WEB_IN_EMEA, API_IN_APAC)).isFalse();
    assertThat(affected(scope("api", "apac", null), WEB_IN_EMEA, API_IN_APAC)).isTrue();
  }

  @Test
  void halvesOfTwoEntriesMakeNoMatch() {
    var affects = List.of(scope("web", "apac", null), scope("api", "emea", null));
    assertThat(Affected.test(affects, Impact.MAJOR, List.of(WEB_IN_EMEA), null)).isFalse();
  }

  @Test
  void aSegmentNamedOnBothSidesHasToBeTheSame() {
    var na2 = new Subscription(null, null, Set.of("na-2"), Impact.NONE);
    assertThat(affected(scope("web", "emea", "na-2"), na2)).isTrue();
    assertThat(affected(scope("web", "emea", "na-3"), na2)).isFalse();
    assertThat(affected(scope("web", "emea", null), na2)).isTrue();
  }

  @Test
  void theImpactIsAtLeastTheSubscriptions() {
    var major = new Subscription(null, null, null, Impact.MAJOR);
    var all = List.of(scope(null, null, null));
    assertThat(Affected.test(all, Impact.MINOR, List.of(major), null)).isFalse();
    assertThat(Affected.test(all, Impact.MAJOR, List.of(major), null)).isTrue();
    assertThat(Affected.test(all, Impact.CRITICAL, List.of(major), null)).isTrue();
  }

  @Test
  void theCustomerNarrowsRegionsAndSegments() {
    var acme = customer(Set.of("emea"), Set.of("na-2"));
    assertThat(affected(acme, scope("web", "emea", "na-2"), Subscription.ALL)).isTrue();
    assertThat(affected(acme, scope("web", "apac", "na-2"), Subscription.ALL)).isFalse();
    assertThat(affected(acme, scope("web", "emea", "na-3"), Subscription.ALL)).isFalse();
  }

  @Test
  void theCustomerNeverWidens() {
    var acme = customer(Set.of("emea", "apac"), null);
    assertThat(affected(acme, scope("web", "apac", null), WEB_IN_EMEA)).isFalse();
  }

  @Test
  void narrowedToNothingMatchesNothing() {
    var apac = customer(Set.of("apac"), null);
    assertThat(affected(apac, scope("web", "emea", null), WEB_IN_EMEA)).isFalse();
    assertThat(affected(apac, scope("web", null, null), WEB_IN_EMEA)).isFalse();
    var na2 = new Subscription(null, null, Set.of("na-2"), Impact.NONE);
    assertThat(affected(customer(null, Set.of("na-3")), scope(null, null, null), na2)).isFalse();
  }

  private static Customer customer(@Nullable Set<String> regions, @Nullable Set<String> segments) {
    return new Customer("acme", "Acme", regions, segments);
  }

  private static Scope scope(
      @Nullable String component, @Nullable String region, @Nullable String segment) {
    return new Scope(component, region, segment);
  }

  private static boolean affected(Scope entry, Subscription... subscriptions) {
    return Affected.test(List.of(entry), Impact.MAJOR, List.of(subscriptions), null);
  }

  private static boolean affected(Customer customer, Scope entry, Subscription subscription) {
    return Affected.test(List.of(entry), Impact.MAJOR, List.of(subscription), customer);
  }
}
