package tocsin.dispatch;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.AudienceIndex;
import tocsin.audience.Channel;
import tocsin.audience.CustomerPriority;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Told;
import tocsin.incident.Update;

/** Who is told of an update: the affected, and of an end also everyone told before. */
final class Match {
  private final AudienceIndex index;
  private final Told told;

  Match(AudienceIndex index, Told told) {
    this.index = index;
    this.told = told;
  }

  /** By channel, also those with nobody; holds every subscription committed before this call. */
  Future<Map<Channel, RoaringBitmap>> of(Update update) {
    if (!update.notifies()) {
      return Future.succeededFuture(Map.of());
    }
    return index
        .refresh()
        .compose(ready -> {
          Future<Map<Channel, RoaringBitmap>> audiences =
              Future.succeededFuture(new EnumMap<>(index.match(update.affects(), update.impact())));
          for (Channel channel : Channel.values()) {
            audiences = audiences.compose(found -> withTold(update, channel, found));
          }
          return audiences;
        });
  }

  /**
   * By class of priority. Those of normal priority are a part even where there are none: the
   * channel was planned.
   */
  List<Part> parts(Update update, Map<Channel, RoaringBitmap> audiences) {
    List<Part> parts = new ArrayList<>();
    audiences.forEach((channel, members) ->
        index
            .split(members)
            .forEach((customers, part) -> {
              if (customers == CustomerPriority.NORMAL || !part.isEmpty()) {
                parts.add(new Part(channel, Priority.of(update.impact(), customers), part));
              }
            }));
    return parts;
  }

  private Future<Map<Channel, RoaringBitmap>> withTold(
      Update update, Channel channel, Map<Channel, RoaringBitmap> audiences) {
    RoaringBitmap matched = audiences.computeIfAbsent(channel, c -> new RoaringBitmap());
    if (!update.status().reachesEveryoneTold()) {
      return Future.succeededFuture(audiences);
    }
    return told.of(update.incident(), channel)
        .map(earlier -> {
          matched.or(earlier);
          return audiences;
        });
  }
}
