package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update is accepted once, and read as it was written. */
class PublishTest {
  private static final TestGateway gateway = new TestGateway().withCatalogue();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void anIncidentOpensWithItsFirstUpdate() {
    HttpResponse<String> accepted =
        gateway.call(
            "POST",
            "/v1/incidents",
            """
            {"id": "web-outage", "title": "Elevated errors",
             "update": {"status": "investigating", "impact": "major",
               "body": {"en": "We look into it.", "de-at": "Wir sehen nach."},
               "affects": [{"component": "web", "region": "north-america"}, {"segment": "na-2"}],
               "nextUpdateBy": "2026-01-15T11:40:00+01:00"}}
            """);

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/v1/incidents/web-outage/updates/1");
    JsonObject account = TestGateway.json(gateway.call("GET", location));
    JsonObject update = TestGateway.json(accepted);
    assertThat(account.getMap()).containsAllEntriesOf(update.getMap());
    assertThat(update.getJsonObject("body").getMap())
        .containsOnlyKeys("en", "de-AT")
        .containsEntry("de-AT", "Wir sehen nach.");
    assertThat(update.getString("nextUpdateBy")).isEqualTo("2026-01-15T10:40:00Z");
    assertThat(update.getJsonArray("affects"))
        .isEqualTo(
            new JsonArray(
                """
                [{"component": "web", "region": "north-america"}, {"segment": "na-2"}]\
                """));
    assertThat(account.getString("progress")).isEqualTo("planning");
    assertThat(account.getJsonObject("deliveries").fieldNames())
        .containsExactly("email", "sms", "webhook");
    assertThat(account.getJsonObject("deliveries").getJsonObject("sms").fieldNames())
        .containsExactly(
            "audience", "sent", "failed", "suppressed", "withdrawn", "superseded", "pending");
    assertThat(account.getMap())
        .containsEntry("firstSentAt", null)
        .containsEntry("lastSentAt", null);
  }

  @Test
  void anIncidentWithoutAnIdGetsAReadableOne() {
    HttpResponse<String> accepted = openWithoutKey();

    assertThat(TestGateway.json(accepted).getString("incident"))
        .matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}-[b-z2-9]{6}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare-key", "\"quoted-key\""})
  void aRepeatGetsTheSameAnswerAndDoesNothing(String key) {
    HttpResponse<String> first = open(key, "{\"component\": \"web\", \"region\": \"emea\"}");

    HttpResponse<String> repeat = open(key, "{\"region\": \"emea\", \"component\": \"web\"}");

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(repeat.statusCode()).isEqualTo(202);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(repeat.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(repeat.headers().firstValue("Idempotency-Replayed")).hasValue("true");
  }

  @Test
  void theQuotesAreNoPartOfTheKey() {
    HttpResponse<String> first = open("with-or-without", "{}");

    HttpResponse<String> repeat = open("\"with-or-without\"", "{}");

    assertThat(repeat.body()).isEqualTo(first.body());
  }

  @Test
  void aKeyUsedForSomethingElseIsAConflict() {
    open("used", "{\"region\": \"emea\"}");
    long updates = gateway.count("incident_update");

    HttpResponse<String> other = open("used", "{\"region\": \"north-america\"}");

    ProblemTest.problem(other, 409, "conflict");
    assertThat(gateway.count("incident_update")).isEqualTo(updates);
  }

  @Test
  void aKeyBelongsToItsCaller() {
    String publisher = gateway.key("publisher", Role.PUBLISHER);
    HttpResponse<String> first = open("shared", "{}");

    HttpResponse<String> others = open(publisher, "shared", "{}");

    assertThat(others.statusCode()).isEqualTo(202);
    assertThat(others.body()).isNotEqualTo(first.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"half", "with space", "\"with space\""})
  void aKeyIsVisibleAscii(String key) {
    JsonObject problem = ProblemTest.problem(open(key, "{}"), 422, "validation");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("Idempotency-Key");
  }

  @Test
  void aKeyHas255CharactersAtMost() {
    assertThat(open("k".repeat(255), "{}").statusCode()).isEqualTo(202);
    ProblemTest.problem(open("k".repeat(256), "{}"), 422, "validation");
  }

  @Test
  void oneOfManyAtOnceIsAcceptedAndTheOthersSayTheSame() {
    long updates = gateway.count("incident_update");

    List<HttpResponse<String>> answers =
        IntStream.range(0, 16)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> open("at-once", "{}")))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
    assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
    assertThat(gateway.count("incident_update")).isEqualTo(updates + 1);
  }

  @Test
  void aResolvedIncidentTakesAPostMortemOrAReopeningOnly() {
    String path = openNamed("resolved-one");
    assertThat(publish(path, "{\"status\": \"resolved\", \"body\": \"over\"}").statusCode())
        .isEqualTo(202);
    long updates = gateway.count("incident_update");

    ProblemTest.problem(
        publish(path, "{\"status\": \"monitoring\", \"body\": \"?\"}"), 409, "conflict");

    assertThat(gateway.count("incident_update")).isEqualTo(updates);
    assertThat(publish(path, "{\"status\": \"postmortem\", \"body\": \"why\"}").statusCode())
        .isEqualTo(202);
    assertThat(
            publish(path, "{\"status\": \"investigating\", \"body\": \"again\", \"reopen\": true}")
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void anIdIsTakenOnce() {
    openNamed("once");

    HttpResponse<String> second =
        gateway.call(
            "POST",
            "/v1/incidents",
            """
            {"id": "once", "title": "t", "update": {"status": "identified", "body": "x", "affects": [{}]}}
            """);

    ProblemTest.problem(second, 409, "conflict");
  }

  @Test
  void anUpdateOfNoIncidentIsNotFound() {
    ProblemTest.problem(
        publish("/v1/incidents/none", "{\"status\": \"resolved\", \"body\": \"x\"}"),
        404,
        "not-found");
    ProblemTest.problem(gateway.call("GET", "/v1/incidents/none"), 404, "not-found");
    ProblemTest.problem(gateway.call("GET", "/v1/incidents/none/updates"), 404, "not-found");
    ProblemTest.problem(gateway.call("GET", "/v1/incidents/none/updates/1"), 404, "not-found");
    ProblemTest.problem(
        gateway.call("GET", "/v1/incidents/none/updates/1/deliveries"), 404, "not-found");
  }

  @Test
  void listsArePagedToTheirEnd() {
    for (int i = 0; i < 5; i++) {
      openNamed("page-" + i);
    }
    List<String> seen = new ArrayList<>();
    String path = "/v1/incidents?limit=2";
    while (path != null) {
      HttpResponse<String> page = gateway.call("GET", path);
      TestGateway.json(page)
          .getJsonArray("incidents")
          .forEach(it -> seen.add(((JsonObject) it).getString("id")));
      path =
          page.headers()
              .firstValue("Link")
              .map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"))
              .orElse(null);
    }

    assertThat(seen).doesNotHaveDuplicates().hasSize((int) gateway.count("incident"));
    assertThat(seen).containsSubsequence("page-4", "page-3", "page-2", "page-1", "page-0");
  }

  private static String openNamed(String id) {
    HttpResponse<String> opened =
        gateway.call(
            "POST",
            "/v1/incidents",
            """
            {"id": "%s", "title": "t", "update": {"status": "identified", "body": "x", "affects": [{}]}}
            """
                .formatted(id));
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(202);
    return "/v1/incidents/" + id;
  }

  private static HttpResponse<String> publish(String incident, String json) {
    return gateway.call("POST", incident + "/updates", json);
  }

  private static HttpResponse<String> open(String idempotencyKey, String scope) {
    return open(TestGateway.ADMIN, idempotencyKey, scope);
  }

  private static HttpResponse<String> open(String key, String idempotencyKey, String scope) {
    return gateway.send(request(key, scope).header("Idempotency-Key", idempotencyKey));
  }

  private static HttpResponse<String> openWithoutKey() {
    return gateway.send(request(TestGateway.ADMIN, "{}"));
  }

  private static HttpRequest.Builder request(String key, String scope) {
    return gateway
        .as(key, "/v1/incidents")
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                """
                {"title": "Errors", "update":
                  {"status": "identified", "body": "We know.", "affects": [%s]}}
                """
                    .formatted(scope)));
  }
}
