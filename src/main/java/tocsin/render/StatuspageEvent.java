package tocsin.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Update;

/**
 * An incident as Statuspage posts it: every field that it sends is there, and the updates stand
 * newest first. Region and segment have no field there.
 */
final class StatuspageEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The oldest updates are left out beyond it; bytes. */
  private static final int MOST = 60_000;

  private static final int LONGEST_BODY = 16_000;

  /** Stands first for what differs between recipients, whatever the words of an update are. */
  private static final String TOKEN = "TOKEN-\uE000";

  private final List<Update> history;
  private final Brand brand;
  private final String locale;
  private final String pageId;

  private StatuspageEvent(List<Update> history, Brand brand, String locale) {
    this.history = history;
    this.brand = brand;
    this.locale = locale;
    this.pageId = pageId(brand);
  }

  /**
   * @param history in sequence
   */
  static PreparedWebhook of(List<Update> history, Names names, Brand brand, String locale) {
    return new StatuspageEvent(history, brand, locale).prepared(names);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  private PreparedWebhook prepared(Names names) {
    StatuspageComponents components = new StatuspageComponents(names);
    List<JsonObject> updates = new ArrayList<>();
    for (Update update : history) {
      updates.add(update(update, components.affected(update)));
    }
    Collections.reverse(updates);
    Instant since = history.getFirst().acceptedAt();
    JsonArray parts = components.all(pageId, since, last().acceptedAt());
    while (true) {
      String json = event(updates, parts).encode();
      if (updates.size() == 1 || json.getBytes(StandardCharsets.UTF_8).length <= MOST) {
        return PreparedWebhook.personal(json, TOKEN);
      }
      updates.removeLast();
    }
  }

  private JsonObject event(List<JsonObject> updates, JsonArray components) {
    String indicator = StatuspageWords.indicator(last());
    JsonObject meta =
        new JsonObject()
            .put("unsubscribe", brand.unsubscribe(TOKEN))
            .put("documentation", brand.url() + "/openapi.yaml")
            .put("generated_at", time(last().acceptedAt()));
    JsonObject page =
        new JsonObject()
            .put("id", pageId)
            .put("status_indicator", indicator)
            .put("status_description", StatuspageWords.description(indicator));
    JsonObject incident =
        new StatuspageIncident(history)
            .fields(this::words)
            .put("id", last().incident())
            .put("page_id", pageId)
            .put("shortlink", brand.incident(last().incident()))
            .put("incident_updates", new JsonArray(updates))
            .put("components", components);
    return new JsonObject().put("meta", meta).put("page", page).put("incident", incident);
  }

  private JsonObject update(Update update, @Nullable JsonArray affected) {
    String at = time(update.acceptedAt());
    return new JsonObject()
        .put("status", update.status().word())
        .put("body", words(update))
        .put("created_at", at)
        .put("wants_twitter_update", false)
        .putNull("twitter_updated_at")
        .put("updated_at", at)
        .put("display_at", at)
        .put("affected_components", affected)
        .putNull("custom_tweet")
        .put("deliver_notifications", update.notifies())
        .put("id", update.incident() + "-" + update.sequence())
        .put("incident_id", update.incident());
  }

  private String words(Update update) {
    String markdown = SafeText.block(update.body().in(locale)).strip();
    return Markdown.text(Body.of(markdown, LONGEST_BODY).markdown());
  }

  private Update last() {
    return history.getLast();
  }

  private static String pageId(Brand brand) {
    String host = URI.create(brand.url()).getHost();
    return host == null ? "page" : host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
