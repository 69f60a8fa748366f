package tocsin.dispatch;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.AudienceIndex;
import tocsin.audience.Channel;
import tocsin.audience.LocaleCounts;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Told;
import tocsin.incident.Update;
import tocsin.render.Sample;

/** Finds out what an update would come to if it were accepted now, and writes nothing. */
public final class DryRun {
  private static final int RECIPIENTS = 5;
  private static final String USUAL_LOCALE = "en";
  private static final String ALL = "*";

  private final AudienceIndex index;
  private final Match match;
  private final Preparation preparation;
  private final Forecasts forecasts;
  private final LocaleCounts locales;

  /**
   * What an update would come to.
   *
   * @param fault why it would be parked instead of sent; empty if it would not
   * @param channels all of them
   */
  public record Outcome(Optional<String> fault, Map<Channel, Preview> channels) {
    public Outcome {
      channels = Map.copyOf(channels);
    }
  }

  public DryRun(
      Pool pool, AudienceIndex index, Told told, Preparation preparation, Forecasts forecasts) {
    this.index = index;
    this.match = new Match(index, told);
    this.preparation = preparation;
    this.forecasts = forecasts;
    this.locales = new LocaleCounts(pool);
  }

  /**
   * @param update with an id that no other one has or will have
   */
  public Future<Outcome> of(Update update) {
    return Future.all(preparation.fault(update), match.of(update))
        .compose(both -> {
          Optional<String> fault = both.resultAt(0);
          Map<Channel, RoaringBitmap> audiences = both.resultAt(1);
          Future<Map<Channel, Preview>> previews =
              Future.succeededFuture(new EnumMap<>(Channel.class));
          for (Channel channel : Channel.values()) {
            RoaringBitmap members = audiences.getOrDefault(channel, new RoaringBitmap());
            previews =
                previews.compose(all ->
                    preview(update, channel, members, fault)
                        .map(preview -> {
                          all.put(channel, preview);
                          return all;
                        }));
          }
          return previews.map(
              all -> new Outcome(update.notifies() ? fault : Optional.empty(), all));
        });
  }

  private Future<Preview> preview(
      Update update, Channel channel, RoaringBitmap members, Optional<String> fault) {
    return locales
        .of(members)
        .compose(byLocale -> {
          String locale = ofMost(byLocale);
          return Future.all(
                  sample(update, channel, locale, fault), forecast(update, channel, members, fault))
              .map(both ->
                  new Preview(
                      members.getCardinality(),
                      regions(update, channel),
                      byLocale,
                      locale,
                      both.resultAt(0),
                      members.stream().limit(RECIPIENTS).boxed().toList(),
                      both.resultAt(1)));
        });
  }

  private Future<Optional<Sample>> sample(
      Update update, Channel channel, String locale, Optional<String> fault) {
    return fault.isPresent()
        ? Future.succeededFuture(Optional.empty())
        : preparation
            .sample(update, channel, locale)
            .map(prepared -> Optional.of(Sample.of(prepared)));
  }

  private Future<Optional<LastSend>> forecast(
      Update update, Channel channel, RoaringBitmap members, Optional<String> fault) {
    if (members.isEmpty() || fault.isPresent()) {
      return Future.succeededFuture(Optional.empty());
    }
    List<Part> parts = match.parts(update, Map.of(channel, members));
    return forecasts.of(update, channel, parts).map(Optional::of);
  }

  private Map<String, Integer> regions(Update update, Channel channel) {
    Map<String, Integer> sizes = new TreeMap<>();
    if (update.notifies()) {
      update.affects().stream()
          .collect(Collectors.groupingBy(scope -> scope.region() == null ? ALL : scope.region()))
          .forEach((region, scopes) ->
              sizes.put(
                  region,
                  index
                      .match(scopes, update.impact())
                      .getOrDefault(channel, new RoaringBitmap())
                      .getCardinality()));
    }
    return sizes;
  }

  private static String ofMost(Map<String, Integer> byLocale) {
    return byLocale.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(USUAL_LOCALE);
  }
}
