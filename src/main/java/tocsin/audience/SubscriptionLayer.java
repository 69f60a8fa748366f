package tocsin.audience;

import java.util.EnumMap;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/** At most one subscription of each subscriber, so that sets of subscribers can be intersected. */
final class SubscriptionLayer {
  private final NameSets components;
  private final NameSets regions;
  private final NameSets segments;

  /** By the least impact that they want to hear of. */
  private final EnumMap<Impact, RoaringBitmap> byMinImpact;

  SubscriptionLayer() {
    this(new NameSets(), new NameSets(), new NameSets(), new EnumMap<>(Impact.class));
  }

  private SubscriptionLayer(
      NameSets components,
      NameSets regions,
      NameSets segments,
      EnumMap<Impact, RoaringBitmap> byMinImpact) {
    this.components = components;
    this.regions = regions;
    this.segments = segments;
    this.byMinImpact = byMinImpact;
  }

  SubscriptionLayer copy() {
    var impacts = new EnumMap<Impact, RoaringBitmap>(Impact.class);
    byMinImpact.forEach((impact, ids) -> impacts.put(impact, ids.clone()));
    return new SubscriptionLayer(components.copy(), regions.copy(), segments.copy(), impacts);
  }

  void add(int id, Subscription subscription) {
    components.add(id, subscription.components());
    regions.add(id, subscription.regions());
    segments.add(id, subscription.segments());
    byMinImpact.computeIfAbsent(subscription.minImpact(), first -> new RoaringBitmap()).add(id);
  }

  void removeAll(RoaringBitmap ids) {
    components.removeAll(ids);
    regions.removeAll(ids);
    segments.removeAll(ids);
    byMinImpact.values().forEach(set -> set.andNot(ids));
  }

  RoaringBitmap match(List<Scope> affects, Impact impact) {
    var hit = new RoaringBitmap();
    byMinImpact.forEach((least, ids) -> {
      if (impact.compareTo(least) >= 0) {
        hit.or(ids);
      }
    });
    var matched = new RoaringBitmap();
    for (Scope entry : affects) {
      var agreeing = hit.clone();
      components.retain(agreeing, entry.component());
      regions.retain(agreeing, entry.region());
      segments.retain(agreeing, entry.segment());
      matched.or(agreeing);
    }
    return matched;
  }
}
