package tocsin.audience;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/** The match of one update against one subscriber, as a pure rule: the oracle of the index. */
public final class Affected {
  private Affected() {}

  /**
   * Whether one entry and one subscription agree in component, region and segment, the latter two
   * narrowed by the customer, and the impact is enough.
   *
   * @param customer null: a subscriber of no customer
   */
  public static boolean test(
      List<Scope> affects,
      Impact impact,
      List<Subscription> subscriptions,
      @Nullable Customer customer) {
    return subscriptions.stream()
        .anyMatch(subscription ->
            impact.compareTo(subscription.minImpact()) >= 0
                && affects.stream().anyMatch(entry -> agree(entry, subscription, customer)));
  }

  private static boolean agree(
      Scope entry, Subscription subscription, @Nullable Customer customer) {
    return agree(entry.component(), subscription.components(), null)
        && agree(
            entry.region(), subscription.regions(), customer == null ? null : customer.regions())
        && agree(
            entry.segment(),
            subscription.segments(),
            customer == null ? null : customer.segments());
  }

  private static boolean agree(
      @Nullable String affected, @Nullable Set<String> wanted, @Nullable Set<String> allowed) {
    if (affected == null) {
      return wanted == null || allowed == null || wanted.stream().anyMatch(allowed::contains);
    }
    return (wanted == null || wanted.contains(affected))
        && (allowed == null || allowed.contains(affected));
  }
}
