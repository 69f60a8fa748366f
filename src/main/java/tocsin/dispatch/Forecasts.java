package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.LimitedSubscribers;
import tocsin.audience.Recipients;
import tocsin.delivery.FrozenAudience;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.OpenAudience;
import tocsin.delivery.OpenAudiences;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Throughputs;
import tocsin.dispatch.Forecast.Queued;
import tocsin.incident.Update;
import tocsin.limit.Limits;
import tocsin.limit.Rate;

/** Forecasts from the limits, the backlog and how fast the channels have been. Thread-safe. */
public final class Forecasts {
  /** For which a backlog that was read counts as the present one. */
  private static final Duration PRESENT = Duration.ofSeconds(1);

  private static final Duration RECENT = Duration.ofSeconds(10);

  private final OpenAudiences open;
  private final FrozenAudiences frozen;
  private final LimitedSubscribers limited;
  private final Throughputs throughputs;
  private final Limits limits;
  private final Segments segments;
  private final SenderPool senders;
  private final InstantSource clock;
  private final Cache<Channel, Future<Situation>> present =
      Caffeine.newBuilder().expireAfterWrite(PRESENT).build();
  private final Cache<Channel, Future<OptionalDouble>> measured =
      Caffeine.newBuilder().expireAfterWrite(RECENT).build();
  private final Cache<Places, Future<Map<String, RoaringBitmap>>> places =
      Caffeine.newBuilder().maximumSize(8).build();

  /**
   * Who falls under which limit, as it was when an audience was frozen.
   *
   * @param newest of the audiences
   */
  private record Places(Set<String> keys, int newest) {}

  /** What is going on in a channel at a moment. */
  private record Situation(Instant at, List<Queued> queue, Needs needs, Pace pace) {}

  public Forecasts(
      Pool pool, FrozenAudiences frozen, Preparation preparation, InstantSource clock) {
    this.open = new OpenAudiences(pool);
    this.frozen = frozen;
    this.limited = new LimitedSubscribers(pool);
    this.throughputs = new Throughputs(pool);
    this.limits = new Limits(pool);
    this.segments = new Segments(new Recipients(pool), preparation);
    this.senders = preparation.senders();
    this.clock = clock;
  }

  /** For what is left of an update; a channel with nothing left is missing. */
  public Future<Map<Channel, LastSend>> of(int update, Set<Channel> channels) {
    Future<Map<Channel, LastSend>> forecasts = Future.succeededFuture(new EnumMap<>(Channel.class));
    for (Channel channel : channels) {
      forecasts =
          forecasts.compose(all ->
              present(channel)
                  .map(situation -> {
                    List<Queued> own =
                        situation.queue().stream().filter(it -> it.update() == update).toList();
                    if (!own.isEmpty()) {
                      all.put(channel, lastSend(own, situation));
                    }
                    return all;
                  }));
    }
    return forecasts;
  }

  /** For an update that would be accepted now, with these parts of one channel. */
  Future<LastSend> of(Update update, Channel channel, List<Part> parts) {
    places.invalidateAll();
    return Future.all(situation(channel), segments(channel, update, parts))
        .map(both -> {
          Situation situation = both.resultAt(0);
          double each = both.<Double>resultAt(1);
          List<Queued> own = new ArrayList<>();
          for (Part part : parts) {
            own.add(
                new Queued(
                    Integer.MAX_VALUE - own.size(),
                    update.id(),
                    part.priority(),
                    Workload.NONE,
                    situation.needs().of(part.members(), each),
                    Duration.ZERO));
          }
          List<Queued> queue = new ArrayList<>(situation.queue());
          queue.addAll(own);
          return lastSend(
              own, new Situation(clock.instant(), queue, situation.needs(), situation.pace()));
        });
  }

  private LastSend lastSend(List<Queued> own, Situation situation) {
    Duration longest =
        own.stream()
            .map(part -> Forecast.remaining(part, situation.queue(), situation.pace()))
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    Instant at = situation.at().plus(longest);
    Duration in = Duration.between(clock.instant(), at);
    return new LastSend(in.isNegative() ? Duration.ZERO : in, at);
  }

  private Future<Situation> present(Channel channel) {
    return kept(present, channel, () -> situation(channel));
  }

  private Future<Situation> situation(Channel channel) {
    return limits
        .all()
        .map(rates -> ofChannel(channel, rates))
        .compose(rates ->
            open.of(channel)
                .compose(audiences -> situation(channel, rates, audiences, clock.instant())));
  }

  private Future<Situation> situation(
      Channel channel, Map<String, Rate> rates, List<OpenAudience> audiences, Instant at) {
    return Future.all(places(channel, rates, audiences), measured(channel))
        .compose(read -> {
          Needs needs = new Needs(channel, read.resultAt(0), senders);
          Pace pace = new Pace(rates, Capacity.of(channel, rates, read.resultAt(1)));
          return queue(channel, audiences, needs, at)
              .map(queue -> new Situation(at, queue, needs, pace));
        });
  }

  private Future<List<Queued>> queue(
      Channel channel, List<OpenAudience> audiences, Needs needs, Instant at) {
    return frozen
        .load(audiences.stream().map(OpenAudience::id).toList())
        .compose(sets -> {
          Future<List<Queued>> queue = Future.succeededFuture(new ArrayList<>());
          for (OpenAudience audience : audiences) {
            FrozenAudience set = sets.get(audience.id());
            if (set != null) {
              queue =
                  queue.compose(all ->
                      segments(channel, set.update(), set.members())
                          .map(each -> {
                            all.add(queued(audience, set, needs, each, at));
                            return all;
                          }));
            }
          }
          return queue;
        });
  }

  private static Queued queued(
      OpenAudience audience, FrozenAudience set, Needs needs, double segments, Instant at) {
    Instant due = audience.lastDue();
    return new Queued(
        audience.id(),
        audience.update(),
        audience.priority(),
        needs.waiting(audience, segments),
        needs.rest(audience, set, segments),
        due == null || due.isBefore(at) ? Duration.ZERO : Duration.between(at, due));
  }

  private Future<Double> segments(Channel channel, Update update, List<Part> parts) {
    RoaringBitmap members = new RoaringBitmap();
    parts.forEach(part -> members.or(part.members()));
    return segments(channel, update, members);
  }

  private Future<Double> segments(Channel channel, Update update, RoaringBitmap members) {
    return channel == Channel.SMS ? segments.average(update, members) : Future.succeededFuture(1.0);
  }

  private Future<Map<String, RoaringBitmap>> places(
      Channel channel, Map<String, Rate> rates, List<OpenAudience> audiences) {
    int newest = audiences.stream().mapToInt(OpenAudience::id).max().orElse(0);
    Set<String> keys =
        rates.keySet().stream()
            .filter(key -> LimitedSubscribers.isOfAPlace(channel, key))
            .collect(Collectors.toUnmodifiableSet());
    return kept(places, new Places(keys, newest), () -> limited.of(channel, keys));
  }

  private Future<OptionalDouble> measured(Channel channel) {
    return kept(measured, channel, () -> throughputs.of(channel));
  }

  private static Map<String, Rate> ofChannel(Channel channel, Map<String, Rate> rates) {
    Map<String, Rate> own = new HashMap<>(rates);
    own.keySet()
        .removeIf(key -> !key.equals(channel.word()) && !key.startsWith(channel.word() + ":"));
    return own;
  }

  private interface Read<T> {
    Future<T> read();
  }

  /** One read for all who ask meanwhile; a failed one is not kept. */
  private static <K, T> Future<T> kept(Cache<K, Future<T>> cache, K key, Read<T> reader) {
    return cache.get(key, absent -> reader.read()).onFailure(failed -> cache.invalidate(key));
  }
}
