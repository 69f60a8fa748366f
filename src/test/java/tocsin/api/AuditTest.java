package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.Evidence;
import tocsin.selfservice.Leaving;

/** Who changes something is on record before it is changed, and nobody can change the record. */
class AuditTest {
  private static final TestGateway gateway = new TestGateway().withCatalogue();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void whatAKeyChangesIsOnRecordWithItsOutcome() {
    String path = subscribe("changed@example.com");
    gateway.call("PATCH", path, "{\"locale\": \"de\"}");
    gateway.call("PATCH", path, "{\"channel\": \"sms\"}");
    gateway.call("GET", path);
    gateway.call("DELETE", path);

    assertThat(audit("?subject=" + path))
        .extracting(AuditTest::brief)
        .containsExactly(
            "admin deleteSubscriber done 204",
            "admin changeSubscriber refused 422",
            "admin changeSubscriber done 200");
    assertThat(audit("?subject=/v1/subscribers&limit=1000"))
        .filteredOn(entry -> path.equals(entry.getString("detail")))
        .extracting(AuditTest::brief)
        .containsExactly("admin createSubscriber done 201");
  }

  @Test
  void neitherAddressesNorSecretsAreInIt() {
    String webhook =
        """
        {"channel": "webhook", "address": "https://hooks.example.com/told-nobody",
         "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}
        """;
    gateway.call("POST", "/v1/subscribers", webhook);
    subscribe("told.nobody@example.com");

    String all =
        audit("?limit=1000").stream().map(JsonObject::encode).collect(Collectors.joining());

    assertThat(all).doesNotContain("told", "whsec_", "@", TestGateway.ADMIN);
  }

  @Test
  void aDryRunChangesNothingAndIsNotOnRecord() {
    long before = gateway.count("audit");

    gateway.call(
        "POST",
        "/v1/incidents?dryRun=true",
        """
        {"title": "Outage", "update": {"status": "investigating", "body": "x",
         "affects": [{"component": "web"}]}}
        """);

    assertThat(gateway.count("audit")).isEqualTo(before);
  }

  @Test
  void whatAPersonChangesIsOnRecordTogetherWithTheChange() {
    String path = subscribe("person@example.com");
    int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));

    new Leaving(gateway.pool).leave(id, Evidence.of("link")).await();
    new Leaving(gateway.pool).leave(id, Evidence.of("link")).await();

    assertThat(audit("?actor=link&subject=" + path))
        .extracting(AuditTest::brief)
        .containsExactly("link unsubscribed done null");
  }

  @Test
  void itIsReadPageByPageAndByTime() {
    subscribe("paged1@example.com");
    subscribe("paged2@example.com");
    JsonObject first = TestGateway.json(gateway.call("GET", "/v1/audit?limit=1"));
    JsonObject second =
        TestGateway.json(
            gateway.call("GET", "/v1/audit?limit=1&cursor=" + first.getString("nextCursor")));

    assertThat(entry(second).getLong("id")).isLessThan(entry(first).getLong("id"));
    assertThat(audit("?until=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(audit("?from=2020-01-01T00:00:00Z")).isNotEmpty();
  }

  @Test
  void onlyAdminsReadIt() {
    String viewer = gateway.key("nosy", Role.VIEWER);

    assertThat(gateway.send(gateway.as(viewer, "/v1/audit").GET()).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "actor = 'nobody'",
        "subject = '/'",
        "outcome = null",
        "status = 200",
        "at = now()"
      })
  void itCannotBeRewritten(String change) {
    subscribe("rewritten-" + change.hashCode() + "@example.com");

    assertThatThrownBy(() -> gateway.pool.query("update audit set " + change).execute().await())
        .hasMessageContaining("append-only");
  }

  private static String subscribe(String address) {
    return gateway
        .call(
            "POST",
            "/v1/subscribers",
            new JsonObject().put("channel", "email").put("address", address).encode())
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private static List<JsonObject> audit(String query) {
    return TestGateway.json(gateway.call("GET", "/v1/audit" + query)).getJsonArray("audit").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static JsonObject entry(JsonObject page) {
    return page.getJsonArray("audit").getJsonObject(0);
  }

  private static String brief(JsonObject entry) {
    return String.join(
        " ",
        entry.getString("actor"),
        entry.getString("action"),
        entry.getString("outcome"),
        String.valueOf(entry.getInteger("status")));
  }
}
