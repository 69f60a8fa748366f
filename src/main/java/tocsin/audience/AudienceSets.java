package tocsin.audience;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/**
 * One state of the index: layer k holds the k-th subscription of each subscriber. Changed only
 * before others see it.
 */
final class AudienceSets {
  private final List<SubscriptionLayer> layers = new ArrayList<>();
  private final Map<Channel, RoaringBitmap> members = new EnumMap<>(Channel.class);

  /** Who is not of normal priority; the rest is. */
  private final Map<CustomerPriority, RoaringBitmap> unusual =
      new EnumMap<>(CustomerPriority.class);

  AudienceSets() {
    unusual.put(CustomerPriority.HIGH, new RoaringBitmap());
    unusual.put(CustomerPriority.LOW, new RoaringBitmap());
    for (Channel channel : Channel.values()) {
      members.put(channel, new RoaringBitmap());
    }
  }

  AudienceSets copy() {
    var copy = new AudienceSets();
    layers.forEach(layer -> copy.layers.add(layer.copy()));
    members.forEach((channel, ids) -> copy.members.put(channel, ids.clone()));
    unusual.forEach((priority, ids) -> copy.unusual.put(priority, ids.clone()));
    return copy;
  }

  /**
   * @param subscriptions as narrowed by the customer; may be empty
   */
  void add(int id, Channel channel, CustomerPriority priority, List<Subscription> subscriptions) {
    channelSet(channel).add(id);
    unusual.computeIfPresent(priority, (same, ids) -> with(id, ids));
    while (layers.size() < subscriptions.size()) {
      layers.add(new SubscriptionLayer());
    }
    for (int k = 0; k < subscriptions.size(); k++) {
      layers.get(k).add(id, subscriptions.get(k));
    }
  }

  void removeAll(RoaringBitmap ids) {
    layers.forEach(layer -> layer.removeAll(ids));
    members.values().forEach(set -> set.andNot(ids));
    unusual.values().forEach(set -> set.andNot(ids));
  }

  Map<Channel, RoaringBitmap> match(List<Scope> affects, Impact impact) {
    var matched = new RoaringBitmap();
    layers.forEach(layer -> matched.or(layer.match(affects, impact)));
    var byChannel = new EnumMap<Channel, RoaringBitmap>(Channel.class);
    members.forEach((channel, ids) -> byChannel.put(channel, RoaringBitmap.and(ids, matched)));
    return byChannel;
  }

  /** Every priority with its part of the ids, which may be empty. */
  Map<CustomerPriority, RoaringBitmap> split(RoaringBitmap ids) {
    var parts = new EnumMap<CustomerPriority, RoaringBitmap>(CustomerPriority.class);
    RoaringBitmap usual = ids.clone();
    unusual.forEach((priority, set) -> {
      parts.put(priority, RoaringBitmap.and(ids, set));
      usual.andNot(set);
    });
    parts.put(CustomerPriority.NORMAL, usual);
    return parts;
  }

  int size() {
    return members.values().stream().mapToInt(RoaringBitmap::getCardinality).sum();
  }

  private static RoaringBitmap with(int id, RoaringBitmap ids) {
    ids.add(id);
    return ids;
  }

  private RoaringBitmap channelSet(Channel channel) {
    return members.computeIfAbsent(channel, absent -> new RoaringBitmap());
  }
}
