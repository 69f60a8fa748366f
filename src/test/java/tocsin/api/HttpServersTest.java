package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tocsin.Loopback;

/** What both servers promise around the API. */
class HttpServersTest {
  private static final TestGateway gateway =
      new TestGateway(it ->
          List.of(router ->
              router
                  .get("/broken")
                  .handler(context -> {
                    throw new IllegalStateException("the secret of the house");
                  })));

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void metricsAndHealthAreOnTheManagementPortOnly() {
    gateway.metrics.counter("tocsin_test").increment();

    HttpResponse<String> metrics = gateway.send(gateway.management("/metrics"));

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("tocsin_test_total 1.0");
    assertThat(gateway.send(gateway.management("/livez")).statusCode()).isEqualTo(200);
    for (String path : List.of("/metrics", "/livez", "/readyz")) {
      assertThat(gateway.send(gateway.request(path)).statusCode()).isEqualTo(404);
    }
    assertThat(gateway.send(gateway.management("/openapi.yaml")).statusCode()).isEqualTo(404);
  }

  @Test
  void readyMeansStartedAndNotDraining() {
    try (TestGateway other = new TestGateway()) {
      assertThat(ready(other)).isEqualTo("503 starting\n");

      other.readiness.started();
      assertThat(ready(other)).isEqualTo("200 ready\n");

      assertThat(metrics(other)).contains("\ntocsin_ready 1.0\n");
      other.readiness.draining();
      assertThat(metrics(other)).contains("\ntocsin_ready 0.0\n");
      assertThat(ready(other)).isEqualTo("503 draining\n");
    }
  }

  @Test
  void withoutItsDatabaseANodeIsAliveNotReadyAndSaysTryLater() {
    try (TestGateway cut = new TestGateway(it -> List.of(), HttpServersTest::nowhere)) {
      cut.readiness.started();

      assertThat(ready(cut)).isEqualTo("503 database unreachable\n");
      assertThat(metrics(cut)).contains("\ntocsin_ready 0.0\n");
      assertThat(cut.send(cut.management("/livez")).statusCode()).isEqualTo(200);
      HttpResponse<String> response = cut.call("GET", "/v1/regions");
      ProblemTest.problem(response, 503, "unavailable");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    }
  }

  @Test
  void aBugOfOursTellsItsIdAndNothingElse() {
    HttpResponse<String> response = gateway.call("GET", "/broken");

    var problem = ProblemTest.problem(response, 500, "internal");
    assertThat(problem.getString("detail")).contains(problem.getString("id"));
    assertThat(response.body()).doesNotContain("secret", "Exception", "tocsin.api");
  }

  @Test
  void everyResponseTellsBrowsersWhatNotToDo() {
    for (String path : List.of("/v1/regions", "/nothing", "/openapi.yaml", "/broken")) {
      var headers = gateway.call("GET", path).headers();

      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .startsWith("default-src 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).as(path).hasValue("no-referrer");
      assertThat(headers.firstValue("Server")).as(path).isEmpty();
    }
  }

  @Test
  void theSchemasOfEventsAreServed() {
    HttpResponse<String> schema =
        gateway.send(gateway.request("/schemas/v1/incident.updated.json"));

    assertThat(schema.statusCode()).isEqualTo(200);
    assertThat(schema.headers().firstValue("Content-Type")).hasValue("application/schema+json");
    assertThat(TestGateway.json(schema).getString("title")).isEqualTo("incident.updated");
    assertThat(gateway.send(gateway.request("/schemas/v1/incident.json")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void everySchemaIsListedUnderItsType() {
    HttpResponse<String> listed = gateway.send(gateway.request("/schemas/v1/"));

    JsonArray schemas = TestGateway.json(listed).getJsonArray("schemas");
    assertThat(schemas).hasSize(8);
    for (int i = 0; i < schemas.size(); i++) {
      JsonObject each = schemas.getJsonObject(i);
      assertThat(
              TestGateway.json(gateway.send(gateway.request(each.getString("schema"))))
                  .getString("title"))
          .isEqualTo(each.getString("type"));
    }
  }

  @Test
  void theContractIsServedToAnybody() {
    HttpResponse<String> response = gateway.send(gateway.request("/openapi.yaml"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("openapi: 3.1.0").contains("/v1/incidents:");
  }

  private static String metrics(TestGateway gateway) {
    return gateway.send(gateway.management("/metrics")).body();
  }

  private static String ready(TestGateway gateway) {
    HttpResponse<String> response = gateway.send(gateway.management("/readyz"));
    return response.statusCode() + " " + response.body();
  }

  /** A pool for a port on which nobody listens. */
  private static Pool nowhere(Vertx vertx) {
    var options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(Loopback.freePort())
            .setUser("nobody")
            .setDatabase("none");
    return PgBuilder.pool().with(new PoolOptions()).connectingTo(options).using(vertx).build();
  }
}
