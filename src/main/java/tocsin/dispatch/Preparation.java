package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tocsin.audience.Channel;
import tocsin.audience.Recipient;
import tocsin.incident.Catalogue;
import tocsin.incident.Dimension;
import tocsin.incident.Update;
import tocsin.render.Names;
import tocsin.render.Prepared;
import tocsin.render.Renderer;
import tocsin.store.Answer;

/**
 * Prepared messages, each rendered once per update, channel, locale and zone, with the catalogue's
 * names as they were when the update was first rendered here. Thread-safe.
 */
public final class Preparation {
  private static final int MOST = 2_000;
  private static final int MOST_UPDATES = 100;

  private final Renderer renderer;
  private final Catalogue catalogue;
  private final String smsSender;
  private final Cache<Integer, Names> names =
      Caffeine.newBuilder().maximumSize(MOST_UPDATES).build();
  private final Cache<Key, Prepared> prepared =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofHours(1)).build();

  private record Key(int update, Channel channel, String locale, ZoneId zone) {}

  /**
   * @param smsSender number or messaging service that SMS are sent from
   */
  public Preparation(Renderer renderer, Catalogue catalogue, String smsSender) {
    this.renderer = renderer;
    this.catalogue = catalogue;
    this.smsSender = smsSender;
  }

  /** Blocks when the update is new here. */
  Ready ready(Task task) {
    Prepared message = of(task.update(), task.recipient());
    return new Ready(task, message, Demands.of(task.recipient(), message, smsSender));
  }

  /** What a reader of that language gets, in UTC. */
  Future<Prepared> sample(Update update, Channel channel, String locale) {
    return names(update)
        .map(called ->
            render(update, called, new Key(update.id(), channel, locale, ZoneOffset.UTC)));
  }

  String smsSender() {
    return smsSender;
  }

  private Prepared of(Update update, Recipient recipient) {
    Key key = new Key(update.id(), recipient.channel(), recipient.locale(), recipient.zone());
    Prepared known = prepared.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Names called = Answer.of(names(update));
    return prepared.get(key, absent -> render(update, called, key));
  }

  /**
   * Why this update cannot be rendered in every language there are templates for; empty if it can.
   * Asked before anything is sent, so that nothing half-made is.
   */
  Future<Optional<String>> fault(Update update) {
    return names(update)
        .map(called -> {
          try {
            for (String locale : renderer.locales()) {
              for (Channel channel : Channel.values()) {
                render(update, called, new Key(update.id(), channel, locale, ZoneOffset.UTC));
              }
            }
            return Optional.empty();
          } catch (RuntimeException e) {
            return Optional.of("cannot be rendered: " + e.getMessage());
          }
        });
  }

  private Future<Names> names(Update update) {
    Names known = names.getIfPresent(update.id());
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return catalogue
        .list(Dimension.COMPONENT)
        .compose(components ->
            catalogue
                .list(Dimension.REGION)
                .map(regions -> new Names(byId(components), byId(regions))))
        .onSuccess(read -> names.put(update.id(), read));
  }

  private static Map<String, String> byId(List<Catalogue.Entry> entries) {
    return entries.stream().collect(Collectors.toMap(Catalogue.Entry::id, Catalogue.Entry::name));
  }

  private Prepared render(Update update, Names called, Key key) {
    return switch (key.channel()) {
      case EMAIL -> renderer.email(update, called, key.locale(), key.zone());
      case SMS -> renderer.sms(update, called, key.locale(), key.zone());
      case WEBHOOK -> renderer.webhook(update, called, key.locale(), key.zone());
    };
  }
}
