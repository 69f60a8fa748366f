package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.Dialect;
import tocsin.incident.Impact;
import tocsin.incident.Kind;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

/** A receiver that was written for Statuspage finds every field that it may look for. */
class StatuspageEventTest {
  private static final String TEXT = "String";
  private static final String FLAG = "Boolean";
  private static final String TEXT_OR_NULL = "String?";

  private static final Map<String, String> INCIDENT =
      Map.ofEntries(
          Map.entry("id", TEXT),
          Map.entry("page_id", TEXT),
          Map.entry("name", TEXT),
          Map.entry("status", TEXT),
          Map.entry("impact", TEXT),
          Map.entry("impact_override", TEXT_OR_NULL),
          Map.entry("shortlink", TEXT),
          Map.entry("created_at", TEXT),
          Map.entry("updated_at", TEXT),
          Map.entry("monitoring_at", TEXT_OR_NULL),
          Map.entry("resolved_at", TEXT_OR_NULL),
          Map.entry("scheduled_for", TEXT_OR_NULL),
          Map.entry("scheduled_until", TEXT_OR_NULL),
          Map.entry("scheduled_remind_prior", FLAG),
          Map.entry("scheduled_reminded_at", TEXT_OR_NULL),
          Map.entry("scheduled_auto_in_progress", FLAG),
          Map.entry("scheduled_auto_completed", FLAG),
          Map.entry("backfilled", FLAG),
          Map.entry("postmortem_ignored", FLAG),
          Map.entry("postmortem_body", TEXT_OR_NULL),
          Map.entry("postmortem_body_last_updated_at", TEXT_OR_NULL),
          Map.entry("postmortem_published_at", TEXT_OR_NULL),
          Map.entry("postmortem_notified_subscribers", FLAG),
          Map.entry("postmortem_notified_twitter", FLAG),
          Map.entry("incident_updates", "JsonArray"),
          Map.entry("components", "JsonArray"));
  private static final Map<String, String> UPDATE =
      Map.ofEntries(
          Map.entry("id", TEXT),
          Map.entry("incident_id", TEXT),
          Map.entry("status", TEXT),
          Map.entry("body", TEXT),
          Map.entry("created_at", TEXT),
          Map.entry("updated_at", TEXT),
          Map.entry("display_at", TEXT),
          Map.entry("wants_twitter_update", FLAG),
          Map.entry("twitter_updated_at", TEXT_OR_NULL),
          Map.entry("custom_tweet", TEXT_OR_NULL),
          Map.entry("deliver_notifications", FLAG),
          Map.entry("affected_components", "JsonArray?"));
  private static final Map<String, String> COMPONENT =
      Map.of(
          "id", TEXT,
          "name", TEXT,
          "status", TEXT,
          "created_at", TEXT,
          "updated_at", TEXT,
          "position", "Integer",
          "description", TEXT_OR_NULL,
          "showcase", FLAG,
          "page_id", TEXT,
          "group_id", TEXT_OR_NULL);

  private final Renderer renderer = Updates.renderer();

  @ParameterizedTest
  @EnumSource(Status.class)
  void everyFieldIsThereAndOfItsType(Status status) {
    JsonObject event = event(Updates.of(status));

    assertShape(
        event, Map.of("meta", "JsonObject", "page", "JsonObject", "incident", "JsonObject"));
    assertShape(
        event.getJsonObject("meta"),
        Map.of("unsubscribe", TEXT, "documentation", TEXT, "generated_at", TEXT));
    assertShape(
        event.getJsonObject("page"),
        Map.of("id", TEXT, "status_indicator", TEXT, "status_description", TEXT));
    JsonObject incident = event.getJsonObject("incident");
    assertShape(incident, INCIDENT);
    assertShape(incident.getJsonArray("incident_updates").getJsonObject(0), UPDATE);
    assertShape(incident.getJsonArray("components").getJsonObject(0), COMPONENT);
    assertShape(
        incident
            .getJsonArray("incident_updates")
            .getJsonObject(0)
            .getJsonArray("affected_components")
            .getJsonObject(0),
        Map.of("code", TEXT, "name", TEXT, "old_status", TEXT, "new_status", TEXT));
  }

  @ParameterizedTest
  @CsvSource({
    "INVESTIGATING, NONE, investigating, none, operational, none",
    "INVESTIGATING, MINOR, investigating, minor, degraded_performance, minor",
    "IDENTIFIED, MAJOR, identified, major, partial_outage, major",
    "MONITORING, CRITICAL, monitoring, critical, major_outage, critical",
    "RESOLVED, MAJOR, resolved, major, operational, none",
    "POSTMORTEM, MAJOR, postmortem, major, operational, none",
    "SCHEDULED, MINOR, scheduled, maintenance, operational, none",
    "IN_PROGRESS, MINOR, in_progress, maintenance, under_maintenance, maintenance",
    "VERIFYING, MINOR, verifying, maintenance, under_maintenance, maintenance",
    "COMPLETED, MINOR, completed, maintenance, operational, none"
  })
  void ourStatesHaveItsWords(
      Status status, Impact impact, String word, String severity, String component, String page) {
    JsonObject event = event(update(1, status, impact));
    JsonObject incident = event.getJsonObject("incident");

    assertThat(incident.getString("status")).isEqualTo(word);
    assertThat(incident.getString("impact")).isEqualTo(severity);
    assertThat(incident.getJsonArray("components").getJsonObject(0).getString("status"))
        .isEqualTo(component);
    assertThat(event.getJsonObject("page").getString("status_indicator")).isEqualTo(page);
  }

  @Test
  void theWholeHistoryStandsNewestFirst() {
    JsonObject incident =
        event(
                update(1, Status.INVESTIGATING, Impact.MINOR),
                update(2, Status.MONITORING, Impact.CRITICAL),
                update(3, Status.RESOLVED, Impact.NONE))
            .getJsonObject("incident");

    JsonArray updates = incident.getJsonArray("incident_updates");
    assertThat(updates)
        .extracting(each -> ((JsonObject) each).getString("id"))
        .containsExactly("connectivity-3", "connectivity-2", "connectivity-1");
    assertThat(incident.getString("created_at")).isEqualTo("2026-01-15T10:31:00.000Z");
    assertThat(incident.getString("monitoring_at")).isEqualTo("2026-01-15T10:32:00.000Z");
    assertThat(incident.getString("resolved_at")).isEqualTo("2026-01-15T10:33:00.000Z");
    assertThat(incident.getString("impact")).isEqualTo("critical");
    assertThat(affected(updates, 1).getString("old_status")).isEqualTo("degraded_performance");
    assertThat(affected(updates, 1).getString("new_status")).isEqualTo("major_outage");
    assertThat(affected(updates, 0).getString("new_status")).isEqualTo("operational");
  }

  @Test
  void whatAffectsEverythingNamesAllComponents() {
    Update all =
        new Update(
            1,
            "connectivity",
            "T",
            1,
            Status.IDENTIFIED,
            Impact.MAJOR,
            Text.of("B"),
            List.of(new Scope(null, null, null)),
            null,
            null,
            true,
            Updates.ACCEPTED);

    assertThat(event(all).getJsonObject("incident").getJsonArray("components"))
        .singleElement()
        .satisfies(each -> assertThat(((JsonObject) each).getString("id")).isEqualTo("web"));
  }

  @Test
  void eachRecipientHasItsOwnWayOut() {
    PreparedWebhook webhook =
        webhook(List.of(Updates.of(Status.IDENTIFIED, "Störung", "ж \uE000")));

    assertThat(webhook.isPersonal()).isTrue();
    JsonObject event = new JsonObject(Buffer.buffer(webhook.patched("t.o-k_en")));
    assertThat(event.getJsonObject("meta").getString("unsubscribe"))
        .isEqualTo("https://status.example.com/u/t.o-k_en");
    assertThat(event.getJsonObject("incident").getString("name")).isEqualTo("Störung");
  }

  @Test
  void theOldestUpdatesGiveWay() {
    List<Update> history = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      history.add(
          new Update(
              i,
              "connectivity",
              "T",
              i,
              Status.IDENTIFIED,
              Impact.MAJOR,
              Text.of("words ".repeat(2_000)),
              List.of(new Scope("web", null, null)),
              null,
              null,
              true,
              Updates.ACCEPTED));
    }

    byte[] body = webhook(history).body();

    assertThat(body).hasSizeLessThan(60_001);
    assertThat(new String(body, StandardCharsets.UTF_8))
        .contains("connectivity-40")
        .doesNotContain("connectivity-1\"");
  }

  private static JsonObject affected(JsonArray updates, int index) {
    return updates.getJsonObject(index).getJsonArray("affected_components").getJsonObject(0);
  }

  private static Update update(int sequence, Status status, Impact impact) {
    Instant at = Updates.ACCEPTED.plus(Duration.ofMinutes(sequence));
    return new Update(
        sequence,
        "connectivity",
        "Connectivity trouble",
        sequence,
        status,
        impact,
        Text.of("Some **customers** see time-outs."),
        List.of(new Scope("web", "north-america", null)),
        null,
        status.kind() == Kind.MAINTENANCE
            ? new Update.Window(at, at.plus(Duration.ofHours(1)))
            : null,
        true,
        at);
  }

  private JsonObject event(Update... history) {
    return new JsonObject(Buffer.buffer(webhook(List.of(history)).patched("token")));
  }

  private PreparedWebhook webhook(List<Update> history) {
    return renderer.webhook(Dialect.STATUSPAGE, history, Updates.NAMES, "en", ZoneId.of("UTC"));
  }

  private static void assertShape(JsonObject object, Map<String, String> shape) {
    assertThat(object.fieldNames()).containsExactlyInAnyOrderElementsOf(shape.keySet());
    new TreeMap<>(shape)
        .forEach((name, type) ->
            assertThat(isOf(type, object.getValue(name)))
                .as("%s is %s", name, object.getValue(name))
                .isTrue());
  }

  private static boolean isOf(String type, @Nullable Object value) {
    return value == null
        ? type.endsWith("?")
        : value.getClass().getSimpleName().equals(type.replace("?", ""));
  }
}
