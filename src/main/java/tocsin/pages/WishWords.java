package tocsin.pages;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;

/** What somebody asked to hear of, to be read over before it is confirmed. */
record WishWords(CatalogueLabels labels, Language language) {

  /** For each subscription {@code what}, {@code where} and, unless it is all, {@code impact}. */
  List<Map<String, Object>> of(List<Subscription> subscriptions) {
    return subscriptions.stream().map(this::of).toList();
  }

  private Map<String, Object> of(Subscription subscription) {
    Impact least = subscription.minImpact();
    return Map.of(
        "what",
        names(subscription.components(), labels::component, "everything"),
        "where",
        names(subscription.regions(), labels::region, "wish_everywhere"),
        "impact",
        least == Impact.NONE ? List.of() : List.of(language.word("wish_impact_" + least.word())));
  }

  private String names(@Nullable Set<String> ids, UnaryOperator<String> label, String all) {
    return ids == null
        ? language.word(all)
        : ids.stream()
            .map(label)
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .collect(Collectors.joining(", "));
  }
}
