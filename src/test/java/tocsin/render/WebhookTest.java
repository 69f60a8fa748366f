package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

class WebhookTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Renderer renderer = Updates.renderer();

  @ParameterizedTest
  @CsvSource({
    "INVESTIGATING,incident.updated",
    "IDENTIFIED,incident.updated",
    "MONITORING,incident.updated",
    "RESOLVED,incident.resolved",
    "POSTMORTEM,incident.postmortem",
    "SCHEDULED,maintenance.scheduled",
    "IN_PROGRESS,maintenance.updated",
    "VERIFYING,maintenance.updated",
    "COMPLETED,maintenance.completed"
  })
  void namesTheEvent(Status status, String type) {
    assertThat(event(Updates.of(status)).path("type").asText()).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void carriesTheUpdate(Status status) {
    JsonNode event = event(Updates.of(status));

    assertThat(event.path("timestamp").asText()).isEqualTo("2026-01-15T10:30:00Z");
    assertThat(event.at("/data/incident").toString())
        .isEqualTo(
            """
            {"id":"connectivity","title":"Connectivity trouble","kind":"%s","url":"%s"}\
            """
                .formatted(status.kind().word(), Updates.LINK));
    JsonNode update = event.at("/data/update");
    assertThat(update.path("sequence").asInt()).isEqualTo(4);
    assertThat(update.path("status").asText()).isEqualTo(status.word());
    assertThat(update.path("impact").asText()).isEqualTo("major");
    assertThat(update.path("body").asText()).isEqualTo("Some **customers** see time-outs.");
    assertThat(update.path("bodyCut").isBoolean()).isTrue();
    assertThat(update.path("affects").toString())
        .isEqualTo(
            """
            [{"component":"web","region":"north-america","segment":"na-2"},\
            {"component":null,"region":null,"segment":null}]\
            """);
    assertThat(update.path("nextUpdateBy").asText()).isEqualTo("2026-01-15T10:40:00Z");
  }

  @Test
  void saysNullForWhatWasNotSaid() {
    Update bare =
        new Update(
            1,
            "connectivity",
            "T",
            1,
            Status.SCHEDULED,
            Impact.NONE,
            Text.of("B"),
            List.of(new Scope(null, "emea", null)),
            null,
            null,
            true,
            Updates.ACCEPTED);

    JsonNode update = event(bare).at("/data/update");

    assertThat(update.get("nextUpdateBy").isNull()).isTrue();
    assertThat(update.get("window").isNull()).isTrue();
  }

  @Test
  void tellsTheWindowOfAMaintenance() {
    assertThat(event(Updates.of(Status.SCHEDULED)).at("/data/update/window"))
        .isEqualTo(
            JSON.valueToTree(
                Map.of("from", "2026-01-15T10:30:00Z", "until", "2026-01-15T14:30:00Z")));
  }

  @Test
  void dividesAPostmortemByItsHeadings() {
    String body =
        "Before.\n\n# What *happened*\n\nThis.\n\n- and that\n\nLessons\n-------\n\nMany.";

    JsonNode sections =
        event(Updates.of(Status.POSTMORTEM, "T", body)).at("/data/postmortem/sections");

    assertThat(sections)
        .isEqualTo(
            JSON.valueToTree(
                List.of(
                    Map.of("heading", "", "body", "Before."),
                    Map.of("heading", "What happened", "body", "This.\n\n- and that"),
                    Map.of("heading", "Lessons", "body", "Many."))));
  }

  @Test
  void escapesWhatJsonWouldTakeForItsOwn() {
    String body = "\"quoted\" \\ back\tslash\n</script> {{title}} \uD83D\uDE00 \uD800";

    JsonNode event = event(Updates.of(Status.IDENTIFIED, "\"T\"", body));

    assertThat(event.at("/data/incident/title").asText()).isEqualTo("\"T\"");
    assertThat(event.at("/data/update/body").asText())
        .isEqualTo("\"quoted\" \\ back\tslash\n</script> {{title}} \uD83D\uDE00 \uFFFD");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"IDENTIFIED", "POSTMORTEM"})
  void staysSmall(Status status) {
    PreparedWebhook webhook =
        webhook(Updates.of(status, "T", "## Heading\n\n\"Words\" жжж.\n\n".repeat(2000)));

    assertThat(webhook.body()).hasSizeLessThan(20_001);
    assertThat(parsed(webhook).at("/data/update/bodyCut").asBoolean()).isTrue();
  }

  private JsonNode event(Update update) {
    return parsed(webhook(update));
  }

  private PreparedWebhook webhook(Update update) {
    return renderer.webhook(update, Updates.NAMES, "en", ZoneId.of("Asia/Kolkata"));
  }

  private static JsonNode parsed(PreparedWebhook webhook) {
    try {
      return JSON.readTree(webhook.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
