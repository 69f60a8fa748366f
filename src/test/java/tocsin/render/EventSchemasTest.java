package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.Dialect;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** Every event is what its published schema says. */
class EventSchemasTest {
  private final Renderer renderer = Updates.renderer();

  @ParameterizedTest
  @EnumSource(Status.class)
  void everyEventAgreesWithTheSchemaOfItsType(Status status) {
    for (Update update : Samples.of(status)) {
      for (String locale : List.of("en", "de")) {
        JsonObject event = event(update, locale);

        assertThat(faults(event)).as("%s", event).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void noFieldIsLeftOutOfTheSchema(Status status) {
    JsonObject event = event(Updates.of(status), "en");
    JsonObject schema = schema(event.getString("type"));

    assertDescribed(event, schema);
  }

  @Test
  void theTestOfAnEndpointAgreesToo() {
    JsonObject event =
        new JsonObject(
            Buffer.buffer(renderer.test(Dialect.NATIVE, 7, "de", Updates.ACCEPTED).body()));

    assertThat(event.getString("type")).isEqualTo("tocsin.test");
    assertThat(faults(event)).as("%s", event).isEmpty();
    assertDescribed(event, schema("tocsin.test"));
  }

  @Test
  void theChallengeToAnEndpointAgreesToo() {
    JsonObject event =
        new JsonObject(
            Buffer.buffer(
                renderer.challenge("0123456789abcdef".repeat(2), Updates.ACCEPTED).body()));

    assertThat(event.getString("type")).isEqualTo("tocsin.challenge");
    assertThat(faults(event)).as("%s", event).isEmpty();
    assertDescribed(event, schema("tocsin.challenge"));
  }

  @Test
  void anotherEventDoesNot() {
    JsonObject event = event(Updates.of(Status.IDENTIFIED), "en");

    event.getJsonObject("data").getJsonObject("update").put("sequence", "4");
    assertThat(faults(event)).isNotEmpty();

    JsonObject resolved = event(Updates.of(Status.RESOLVED), "en").put("type", "incident.updated");
    assertThat(faults(resolved)).isNotEmpty();

    JsonObject bare = event(Updates.of(Status.IDENTIFIED), "en");
    bare.getJsonObject("data").getJsonObject("incident").remove("url");
    assertThat(faults(bare)).isNotEmpty();
  }

  private static void assertDescribed(JsonObject value, JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties");
    assertThat(properties.fieldNames()).containsExactlyInAnyOrderElementsOf(value.fieldNames());
    assertThat(schema.getJsonArray("required").stream().map(String.class::cast))
        .containsExactlyInAnyOrderElementsOf(value.fieldNames());
    for (String name : value.fieldNames()) {
      if (value.getValue(name) instanceof JsonObject part) {
        assertDescribed(part, properties.getJsonObject(name));
      }
    }
  }

  private JsonObject event(Update update, String locale) {
    return new JsonObject(
        Buffer.buffer(
            renderer
                .webhook(
                    Dialect.NATIVE,
                    List.of(update),
                    Updates.NAMES,
                    locale,
                    ZoneId.of("Asia/Kolkata"))
                .body()));
  }

  private static String faults(JsonObject event) {
    OutputUnit result =
        Validator.create(
                JsonSchema.of(schema(event.getString("type"))),
                new JsonSchemaOptions()
                    .setBaseUri("https://status.example.com/")
                    .setDraft(io.vertx.json.schema.Draft.DRAFT202012)
                    .setOutputFormat(OutputFormat.Basic))
            .validate(event);
    return Boolean.TRUE.equals(result.getValid()) ? "" : String.valueOf(result.getErrors());
  }

  private static JsonObject schema(String type) {
    String file = "/schemas/v1/" + type + ".json";
    try (InputStream text = EventSchemasTest.class.getResourceAsStream(file)) {
      return new JsonObject(Buffer.buffer(Objects.requireNonNull(text, file).readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
