package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers and customers, one by one and by the file. */
class SubscriberResourceTest {
  private static final TestGateway gateway = new TestGateway().withCatalogue();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void theProofOfConsentIsListedAlsoWhenTheyHaveGone() {
    String path =
        gateway
            .call(
                "POST",
                "/v1/subscribers",
                """
                {"channel": "email", "address": "proof@example.com",
                 "consent": {"source": "contract", "at": "2026-01-15T10:40:00Z"}}
                """)
            .headers()
            .firstValue("Location")
            .orElseThrow();
    gateway.call("DELETE", path);

    JsonObject first = TestGateway.json(gateway.call("GET", path + "/consents?limit=1"));
    JsonObject given = first.getJsonArray("consents").getJsonObject(0);
    assertThat(given.getMap())
        .containsEntry("kind", "given")
        .containsEntry("source", "contract")
        .containsEntry("actor", "api:admin")
        .containsEntry("at", "2026-01-15T10:40:00Z");
    JsonObject rest =
        TestGateway.json(
            gateway.call("GET", path + "/consents?cursor=" + first.getString("nextCursor")));
    assertThat(rest.getJsonArray("consents").getJsonObject(0).getMap())
        .containsEntry("kind", "withdrawn")
        .containsEntry("source", "api:admin");
    assertThat(gateway.call("GET", "/v1/subscribers/999999/consents").statusCode()).isEqualTo(404);
  }

  @Test
  void aSubscriberComesChangesAndGoes() {
    gateway.call("PUT", "/v1/customers/acme", "{\"name\": \"Acme\", \"regions\": [\"emea\"]}");
    HttpResponse<String> created =
        gateway.call(
            "POST",
            "/v1/subscribers",
            """
            {"channel": "email", "address": "ada@example.com", "locale": "de", "customer": "acme",
             "timeZone": "Europe/Berlin", "components": ["web"], "regions": ["emea"], "minImpact": "minor"}
            """);

    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String path = created.headers().firstValue("Location").orElseThrow();
    JsonObject subscriber = TestGateway.json(gateway.call("GET", path));
    assertThat(subscriber.getMap())
        .containsEntry("address", "ada@example.com")
        .containsEntry("standing", "active")
        .doesNotContainKey("secret");
    assertThat(subscriber.getJsonObject("consent").getString("source")).isEqualTo("api:admin");
    JsonObject changed =
        TestGateway.json(gateway.call("PATCH", path, "{\"locale\": \"en\", \"regions\": null}"));
    assertThat(changed.getMap()).containsEntry("locale", "en").doesNotContainKey("regions");
    assertThat(
            TestGateway.json(gateway.call("GET", "/v1/subscribers?customer=acme"))
                .getJsonArray("subscribers"))
        .containsExactly(changed);
    assertThat(gateway.call("DELETE", path).statusCode()).isEqualTo(204);
    assertThat(TestGateway.json(gateway.call("GET", path)).getString("standing"))
        .isEqualTo("deleted");
  }

  @Test
  void aWebhooksSecretIsReplacedAndTheOldOneNamedWithItsEnd() {
    String path =
        gateway
            .call(
                "POST",
                "/v1/subscribers",
                """
                {"channel": "webhook", "address": "https://hooks.example.com/rotated",
                 "signature": "both", "dialect": "statuspage"}
                """)
            .headers()
            .firstValue("Location")
            .orElseThrow();

    HttpResponse<String> rotated =
        gateway.call("POST", path + "/secret", "{\"overlap\": \"PT1H\"}");

    assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
    assertThat(rotated.headers().firstValue("Cache-Control")).hasValue("no-store");
    JsonObject answer = TestGateway.json(rotated);
    assertThat(answer.getString("secret")).startsWith("whsec_");
    assertThat(answer.getInstant("previousUntil")).isAfter(Instant.now());
    assertThat(TestGateway.json(gateway.call("GET", path)).getMap())
        .containsEntry("publicKey", answer.getString("publicKey"))
        .containsEntry("dialect", "statuspage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P8D", "-PT1S", "soon", ""})
  void anOverlapHasItsBounds(String overlap) {
    assertThat(
            gateway
                .call(
                    "POST",
                    "/v1/subscribers/1/secret",
                    new JsonObject().put("overlap", overlap).encode())
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void aWebhooksSecretIsShownOnce() {
    HttpResponse<String> created =
        gateway.call(
            "POST",
            "/v1/subscribers",
            "{\"channel\": \"webhook\", \"address\": \"https://hooks.example.com/tocsin\"}");

    String secret = TestGateway.json(created).getString("secret");
    String path = created.headers().firstValue("Location").orElseThrow();
    assertThat(secret).startsWith("whsec_");
    assertThat(gateway.call("GET", path).body()).doesNotContain(secret);
    assertThat(gateway.call("GET", "/v1/subscribers").body()).doesNotContain(secret);
    assertThat(gateway.call("GET", "/v1/subscribers/export").body())
        .contains("hooks.example.com")
        .doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          address    | {"channel": "email", "address": "ada@example.com\\r\\nBcc: all@example.com"}
          address    | {"channel": "email", "address": "no address"}
          address    | {"channel": "sms", "address": "911"}
          address    | {"channel": "webhook", "address": "https://10.0.0.1/hook"}
          address    | {"channel": "webhook", "address": "https://localhost/hook"}
          address    | {"channel": "webhook", "address": "https://[::ffff:192.168.0.1]/"}
          address    | {"channel": "webhook", "address": "https://169.254.169.254/latest/meta-data"}
          address    | {"channel": "webhook", "address": "file:///etc/passwd"}
          address    | {"channel": "email"}
          channel    | {"channel": "pigeon", "address": "x"}
          regions    | {"channel": "email", "address": "a@example.com", "regions": ["moon"]}
          components | {"channel": "email", "address": "a@example.com", "components": ["x"]}
          customer   | {"channel": "email", "address": "a@example.com", "customer": "nobody"}
          timeZone   | {"channel": "email", "address": "a@example.com", "timeZone": "Mars/Olympus"}
          locale     | {"channel": "email", "address": "a@example.com", "locale": "no_locale"}
          secret     | {"channel": "webhook", "address": "https://hooks.example.com/b", "secret": "guess-me"}
          regions    | {"channel": "email", "address": "a@example.com", "regions": []}
          region     | {"channel": "email", "address": "a@example.com", "region": "emea"}
          """)
  void aWrongSubscriberIsRefusedByFieldWithoutItsAddress(String field, String body) {
    long subscribers = gateway.count("subscriber");

    HttpResponse<String> response = gateway.call("POST", "/v1/subscribers", body);

    JsonObject problem = ProblemTest.problem(response, 422, "validation");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field")).isEqualTo(field);
    assertThat(response.body()).doesNotContain("ada@example.com", "10.0.0.1", "guess-me");
    assertThat(gateway.count("subscriber")).isEqualTo(subscribers);
  }

  @Test
  void anImportKeepsTheGoodLinesAndTellsTheBadOnes() {
    String lines =
        """
        {"channel": "email", "address": "one@import.example", "regions": ["emea"]}
        {"channel": "email", "address": "two@import.example\\r\\n"}
        no json

        {"channel": "email", "address": "three@import.example", "regions": ["moon"]}
        {"channel": "sms", "address": "+15005550006", "consent": {"source": "contract", "at": "2026-01-02T09:00:00Z"}}
        """;

    HttpResponse<String> response = importLines(lines);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonObject report = TestGateway.json(response);
    assertThat(report.getInteger("imported")).isEqualTo(2);
    assertThat(report.getInteger("rejectedTotal")).isEqualTo(3);
    JsonArray rejected = report.getJsonArray("rejected");
    assertThat(rejected.stream().map(line -> ((JsonObject) line).getInteger("line")))
        .containsExactly(2, 3, 5);
    assertThat(rejected.getJsonObject(0).getString("field")).isEqualTo("address");
    assertThat(rejected.getJsonObject(2).getString("field")).isEqualTo("regions");
    assertThat(rejected.encode()).doesNotContain("import.example");
    assertThat(gateway.call("GET", "/v1/subscribers/export").body())
        .contains("one@import.example")
        .doesNotContain("three@import.example");
  }

  @Test
  void oneHundredThousandLinesWithEveryTenthBadArriveButForThose() {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 100_000; i++) {
      lines
          .append("{\"channel\":\"email\",\"address\":\"u")
          .append(i)
          .append(i % 10 == 0 ? " broken" : "")
          .append("@many.example\"}\n");
    }

    HttpResponse<String> response = importLines(lines.toString());

    JsonObject report = TestGateway.json(response);
    assertThat(report.getInteger("imported")).isEqualTo(90_000);
    assertThat(report.getInteger("rejectedTotal")).isEqualTo(10_000);
    assertThat(report.getJsonArray("rejected").getJsonObject(0).getMap())
        .containsEntry("line", 10)
        .containsEntry("field", "address");
  }

  @Test
  void anImportNamesItsMediaType() {
    var request =
        gateway
            .as(TestGateway.ADMIN, "/v1/subscribers/import")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));

    ProblemTest.problem(gateway.send(request), 415, "unsupported-media-type");
  }

  @Test
  void aNameThatIsInUseStays() {
    gateway.call("PUT", "/v1/regions/apac", "{\"name\": \"APAC\"}");
    gateway.call(
        "POST",
        "/v1/subscribers",
        "{\"channel\": \"email\", \"address\": \"in@use.example\", \"regions\": [\"apac\"]}");

    ProblemTest.problem(gateway.call("DELETE", "/v1/regions/apac"), 409, "conflict");
    assertThat(gateway.call("GET", "/v1/regions/apac").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> importLines(String lines) {
    return gateway.send(
        gateway
            .as(TestGateway.ADMIN, "/v1/subscribers/import")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines)));
  }
}
