package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits are read as they were set, whatever characters their keys have. */
class LimitResourceTest {
  private static final TestGateway gateway = new TestGateway();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          email,                                email
          email:domain:example.com,             email:domain:example.com
          sms:sender:+15005550006,              sms:sender:+15005550006
          sms:sender:%2B15005550007,            sms:sender:+15005550007
          webhook%3Ahost%3Ahooks.example.com,   webhook:host:hooks.example.com
          webhook:host:*,                       webhook:host:*
          """)
  void aLimitMakesTheRound(String inPath, String key) {
    String path = "/v1/limits/" + inPath;
    assertThat(gateway.call("GET", path).statusCode()).isEqualTo(404);

    HttpResponse<String> put = gateway.call("PUT", path, "{\"permits\": 100, \"per\": \"PT1.5S\"}");

    JsonObject limit = new JsonObject().put("key", key).put("permits", 100).put("per", "PT1.5S");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(TestGateway.json(put)).isEqualTo(limit);
    assertThat(TestGateway.json(gateway.call("GET", path))).isEqualTo(limit);
    assertThat(TestGateway.json(gateway.call("GET", "/v1/limits")).getJsonArray("limits"))
        .contains(limit);
    assertThat(gateway.call("DELETE", path).statusCode()).isEqualTo(204);
    assertThat(gateway.call("GET", path).statusCode()).isEqualTo(404);
    assertThat(gateway.call("DELETE", path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pigeon", "email:", "sms:sender:", "email:domain:EXAMPLE.com", "sms%20"})
  void aKeyIsOneOfTheKnownForms(String key) {
    JsonObject problem =
        ProblemTest.problem(
            gateway.call("PUT", "/v1/limits/" + key, "{\"permits\": 1, \"per\": \"PT1S\"}"),
            422,
            "validation");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field")).isEqualTo("key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          permits | {"permits": 0, "per": "PT1S"}
          permits | {"permits": 1.5, "per": "PT1S"}
          permits | {"permits": 1000001, "per": "PT1S"}
          permits | {"permits": "many", "per": "PT1S"}
          permits | {"permits": 100000000000000000000000000000000000000000, "per": "PT1S"}
          per     | {"permits": 1, "per": "1s"}
          per     | {"permits": 1, "per": "PT0S"}
          per     | {"permits": 1, "per": "P32D"}
          per     | {"permits": 1, "per": "P1M"}
          per     | {"permits": 1}
          burst   | {"permits": 1, "per": "PT1S", "burst": 2}
          """)
  void aRateHasBounds(String field, String body) {
    JsonObject problem =
        ProblemTest.problem(gateway.call("PUT", "/v1/limits/sms", body), 422, "validation");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field")).isEqualTo(field);
    assertThat(gateway.call("GET", "/v1/limits/sms").statusCode()).isEqualTo(404);
  }
}
