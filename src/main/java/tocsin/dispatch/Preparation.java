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
import java.util.stream.Stream;
import tocsin.audience.Channel;
import tocsin.audience.Dialect;
import tocsin.audience.Mailbox;
import tocsin.audience.Recipient;
import tocsin.incident.Catalogue;
import tocsin.incident.Dimension;
import tocsin.incident.Incidents;
import tocsin.incident.Update;
import tocsin.render.Names;
import tocsin.render.Prepared;
import tocsin.render.Renderer;
import tocsin.store.Answer;

/**
 * Prepared messages, each rendered once per update, channel, dialect, locale and zone, with the
 * catalogue's names as they were when the update was first rendered here. Thread-safe.
 */
public final class Preparation {
  private static final int MOST = 2_000;
  private static final int MOST_UPDATES = 100;

  private final Renderer renderer;
  private final Catalogue catalogue;
  private final SenderPool senders;
  private final Incidents incidents;
  private final Cache<Integer, Facts> facts =
      Caffeine.newBuilder().maximumSize(MOST_UPDATES).build();
  private final Cache<Key, Prepared> prepared =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofHours(1)).build();

  private record Key(
      int update, Channel channel, Dialect dialect, Mailbox mailbox, String locale, ZoneId zone) {}

  /** What else a message tells: the updates up to that one, and what things are called. */
  private record Facts(List<Update> history, Names names) {}

  /**
   * @param senders what SMS are sent from
   */
  public Preparation(
      Renderer renderer, Catalogue catalogue, Incidents incidents, SenderPool senders) {
    this.renderer = renderer;
    this.catalogue = catalogue;
    this.incidents = incidents;
    this.senders = senders;
  }

  /** Blocks when the update is new here. */
  Ready ready(Task task) {
    Prepared message = of(task.update(), task.recipient());
    Recipient recipient = task.recipient();
    return new Ready(
        task,
        message,
        Demands.of(recipient, message, senders),
        recipient.channel() == Channel.SMS ? senders.senderOf(recipient.address()) : "");
  }

  /** What a reader of that language gets, in UTC. */
  Future<Prepared> sample(Update update, Channel channel, String locale) {
    return facts(update)
        .map(known ->
            render(
                update,
                known,
                new Key(
                    update.id(),
                    channel,
                    Dialect.NATIVE,
                    Mailbox.PERSONAL,
                    locale,
                    ZoneOffset.UTC)));
  }

  SenderPool senders() {
    return senders;
  }

  private Prepared of(Update update, Recipient recipient) {
    Key key =
        new Key(
            update.id(),
            recipient.channel(),
            recipient.dialect(),
            recipient.mailbox(),
            recipient.locale(),
            recipient.zone());
    Prepared known = prepared.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Facts rest = Answer.of(facts(update));
    return prepared.get(key, absent -> render(update, rest, key));
  }

  /**
   * Why this update cannot be rendered in every language there are templates for; empty if it can.
   * Asked before anything is sent, so that nothing half-made is.
   */
  Future<Optional<String>> fault(Update update) {
    return facts(update)
        .map(known -> {
          try {
            for (String locale : renderer.locales()) {
              for (Channel channel : Channel.values()) {
                for (Dialect dialect : dialects(channel)) {
                  render(
                      update,
                      known,
                      new Key(
                          update.id(), channel, dialect, Mailbox.PERSONAL, locale, ZoneOffset.UTC));
                }
              }
            }
            return Optional.empty();
          } catch (RuntimeException e) {
            return Optional.of("cannot be rendered: " + e.getMessage());
          }
        });
  }

  private static List<Dialect> dialects(Channel channel) {
    return channel == Channel.WEBHOOK ? List.of(Dialect.values()) : List.of(Dialect.NATIVE);
  }

  private Future<Facts> facts(Update update) {
    Facts known = facts.getIfPresent(update.id());
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return Future.all(
            catalogue.list(Dimension.COMPONENT),
            catalogue.list(Dimension.REGION),
            incidents.updates(update.incident()))
        .map(read ->
            new Facts(
                history(read.resultAt(2), update),
                new Names(byId(read.resultAt(0)), byId(read.resultAt(1)))))
        .onSuccess(read -> facts.put(update.id(), read));
  }

  /** Also for an update that is only tried, and not on record. */
  private static List<Update> history(List<Update> all, Update last) {
    return Stream.concat(
            all.stream().filter(update -> update.sequence() < last.sequence()), Stream.of(last))
        .toList();
  }

  private static Map<String, String> byId(List<Catalogue.Entry> entries) {
    return entries.stream().collect(Collectors.toMap(Catalogue.Entry::id, Catalogue.Entry::name));
  }

  private Prepared render(Update update, Facts known, Key key) {
    return switch (key.channel()) {
      case EMAIL -> renderer.email(update, known.names(), key.locale(), key.zone(), key.mailbox());
      case SMS -> renderer.sms(update, known.names(), key.locale(), key.zone());
      case WEBHOOK ->
          renderer.webhook(key.dialect(), known.history(), known.names(), key.locale(), key.zone());
    };
  }
}
