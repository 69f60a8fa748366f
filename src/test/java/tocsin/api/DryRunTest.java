package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Plans.Plan;

/** A dry run tells what an update would come to, and leaves nothing behind. */
class DryRunTest {
  private static final TestGateway gateway = new TestGateway().withCatalogue();
  private static int everywhere;

  private long incidents;
  private long updates;

  @BeforeAll
  static void subscribers() {
    everywhere = subscriber("email", "all@example.com", "");
    subscriber("email", "emea@example.com", ", \"regions\": [\"emea\"], \"locale\": \"de\"");
    subscriber("email", "na@example.com", ", \"regions\": [\"north-america\"], \"locale\": \"de\"");
    subscriber("email", "major@slow.example.com", ", \"minImpact\": \"major\"");
    subscriber("sms", "+15005550006", "");
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void count() {
    incidents = gateway.count("incident");
    updates = gateway.count("incident_update");
  }

  @Test
  void itCountsTheAudienceByRegionAndLanguageAndShowsAMessage() {
    JsonObject dry =
        dryRun(
            "/v1/incidents",
            """
            {"title": "Elevated errors", "update": {"status": "identified", "impact": "minor",
              "body": {"en": "We know.", "de": "Wir wissen es."},
              "affects": [{"region": "emea"}, {"region": "north-america"}, {"segment": "gold"}]}}
            """);

    assertThat(dry.getBoolean("dryRun")).isTrue();
    JsonObject email = dry.getJsonObject("audience").getJsonObject("email");
    assertThat(email.getInteger("size")).isEqualTo(3);
    assertThat(email.getJsonObject("byRegion").getMap())
        .isEqualTo(Map.of("emea", 2, "north-america", 2, "*", 3));
    assertThat(email.getJsonObject("byLocale").getMap()).isEqualTo(Map.of("de", 2, "en", 1));
    JsonObject mail = dry.getJsonObject("samples").getJsonObject("email");
    assertThat(mail.getString("locale")).isEqualTo("de");
    assertThat(mail.getString("subject")).contains("Elevated errors");
    assertThat(mail.getString("text")).contains("Wir wissen es.");
    assertThat(mail.getJsonArray("recipients")).hasSize(3).contains(everywhere);
    JsonObject sms = dry.getJsonObject("samples").getJsonObject("sms");
    assertThat(sms.getString("text")).contains("We know.");
    assertThat(dry.getJsonObject("audience").getJsonObject("webhook").getInteger("size")).isZero();
    assertThat(dry.getJsonObject("forecast").fieldNames()).containsExactly("email", "sms");
    nothingStays();
  }

  @Test
  void itForecastsFromTheLimits() {
    gateway.call("PUT", "/v1/limits/email", "{\"permits\": 100, \"per\": \"PT1S\"}");
    gateway.call(
        "PUT", "/v1/limits/email:domain:slow.example.com", "{\"permits\": 1, \"per\": \"PT1H\"}");

    JsonObject minor = dryRun("/v1/incidents", incident("minor"));
    JsonObject major = dryRun("/v1/incidents", incident("major"));

    assertThat(seconds(minor)).isLessThan(1);
    assertThat(seconds(major)).isBetween(3_600.0, 3_800.0);
  }

  @Test
  void anUpdateOfAnIncidentInheritsAndReachesWhoWasTold() {
    open("closing", "[{\"region\": \"emea\"}]");
    RoaringBitmap told = RoaringBitmap.bitmapOf(everywhere, 1_000_000);
    planAll("closing", new Part(Channel.EMAIL, 7, told));
    count();

    JsonObject next =
        dryRun("/v1/incidents/closing/updates", "{\"status\": \"monitoring\", \"body\": \"x\"}");
    JsonObject last =
        dryRun("/v1/incidents/closing/updates", "{\"status\": \"resolved\", \"body\": \"x\"}");

    assertThat(size(next)).isEqualTo(2);
    assertThat(size(last)).isEqualTo(3);
    assertThat(last.getJsonObject("audience").getJsonObject("email").getJsonObject("byRegion"))
        .isEqualTo(new JsonObject().put("emea", 2));
    nothingStays();
    assertThat(TestGateway.json(gateway.call("GET", "/v1/incidents/closing")).getString("status"))
        .isEqualTo("identified");
  }

  @Test
  void itHasTheProblemsOfTheRealOne() {
    open("taken", "[{}]");
    count();

    HttpResponse<String> again =
        gateway.call("POST", "/v1/incidents?dryRun=true", incident("minor", "taken"));
    HttpResponse<String> early =
        gateway.call(
            "POST",
            "/v1/incidents/taken/updates?dryRun=true",
            "{\"status\": \"postmortem\", \"body\": \"x\"}");
    HttpResponse<String> none =
        gateway.call(
            "POST",
            "/v1/incidents/none/updates?dryRun=true",
            "{\"status\": \"resolved\", \"body\": \"x\"}");

    ProblemTest.problem(again, 409, "conflict");
    ProblemTest.problem(early, 409, "conflict");
    ProblemTest.problem(none, 404, "not-found");
    nothingStays();
  }

  @Test
  void theIdempotencyKeyIsNotUsedUp() {
    String body = incident("minor", "later");
    var dry = withKey("/v1/incidents?dryRun=true", "once", body);
    var real = withKey("/v1/incidents", "once", body);

    assertThat(dry.statusCode()).isEqualTo(200);
    assertThat(dry.headers().firstValue("Location")).isEmpty();
    assertThat(real.statusCode()).isEqualTo(202);
    assertThat(real.headers().firstValue("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void aKeyThatIsNoneIsRefusedAsForReal() {
    var dry = withKey("/v1/incidents?dryRun=true", "no key", incident("minor", "spaced"));

    ProblemTest.problem(dry, 422, "validation");
    nothingStays();
  }

  private static HttpResponse<String> withKey(String path, String key, String body) {
    return gateway.send(
        gateway
            .as(TestGateway.ADMIN, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void anUpdateThatTellsNobodyHasNoAudience() {
    String silent = incident("minor").replace("\"body\"", "\"notify\": false, \"body\"");

    assertThat(size(dryRun("/v1/incidents", silent))).isZero();
  }

  /** Others are planned for nobody. */
  private static void planAll(String incident, Part part) {
    Plans plans = new Plans(gateway.pool, Duration.ZERO);
    boolean more = true;
    while (more) {
      more =
          plans
              .next(update ->
                  Future.succeededFuture(
                      new Plan.Fanout(
                          update.incident().equals(incident) ? List.of(part) : List.of())))
              .await()
              .isPresent();
    }
  }

  private void nothingStays() {
    assertThat(gateway.count("incident")).isEqualTo(incidents);
    assertThat(gateway.count("incident_update")).isEqualTo(updates);
  }

  private static JsonObject dryRun(String path, String body) {
    HttpResponse<String> response = gateway.call("POST", path + "?dryRun=true", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestGateway.json(response);
  }

  private static int size(JsonObject dry) {
    return dry.getJsonObject("audience").getJsonObject("email").getInteger("size");
  }

  private static double seconds(JsonObject dry) {
    return dry.getJsonObject("forecast").getJsonObject("email").getDouble("seconds");
  }

  private static String incident(String impact) {
    return incident(impact, "never");
  }

  private static String incident(String impact, String id) {
    return """
    {"id": "%s", "title": "t", "update":
      {"status": "identified", "impact": "%s", "body": "x", "affects": [{}]}}\
    """
        .formatted(id, impact);
  }

  private static void open(String id, String affects) {
    String body = incident("minor", id).replace("[{}]", affects);
    assertThat(gateway.call("POST", "/v1/incidents", body).statusCode()).isEqualTo(202);
  }

  private static int subscriber(String channel, String address, String more) {
    HttpResponse<String> created =
        gateway.call(
            "POST",
            "/v1/subscribers",
            "{\"channel\": \"%s\", \"address\": \"%s\"%s}".formatted(channel, address, more));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return TestGateway.json(created).getInteger("id");
  }
}
