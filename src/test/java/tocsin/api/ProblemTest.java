package tocsin.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is answered as one kind of problem, and changes nothing. */
class ProblemTest {
  private static final TestGateway gateway = new TestGateway().withCatalogue();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          title                    | {"update": {"status": "resolved", "body": "x", "affects": [{}]}}                                       | is required
          title                    | {"title": 5, "update": {"status": "resolved", "body": "x", "affects": [{}]}}                           | must be a string
          title                    | {"title": "a\\nb", "update": {"status": "resolved", "body": "x", "affects": [{}]}}                     | must be one line without control characters
          update                   | {"title": "t"}                                                                                         | is required
          update.status            | {"title": "t", "update": {"status": "identifid", "body": "x", "affects": [{}]}}                        | must be one of investigating, identified, monitoring, resolved, postmortem, scheduled, in_progress, verifying, completed
          update.impact            | {"title": "t", "update": {"status": "identified", "impact": "huge", "body": "x", "affects": [{}]}}     | must be one of none, minor, major, critical
          update.body              | {"title": "t", "update": {"status": "identified", "affects": [{}]}}                                    | is required
          update.body              | {"title": "t", "update": {"status": "identified", "body": "", "affects": [{}]}}                        | must have 1 characters at least
          update.body              | {"title": "t", "update": {"status": "identified", "body": " ", "affects": [{}]}}                       | must have words
          update.body              | {"title": "t", "update": {"status": "identified", "body": 7, "affects": [{}]}}                         | must be a string or an object
          update.body.e            | {"title": "t", "update": {"status": "identified", "body": {"e": "x"}, "affects": [{}]}}                | must be language tags such as en or de-AT
          update.body.de           | {"title": "t", "update": {"status": "identified", "body": {"de": ["x"]}, "affects": [{}]}}             | must be a string
          update.affects           | {"title": "t", "update": {"status": "identified", "body": "x", "affects": []}}                         | must have 1 entries at least
          update.affects           | {"title": "t", "update": {"status": "identified", "body": "x"}}                                        | the first update says what is affected; [{}] means everything
          update.affects[0].region | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{"region": "EMEA"}]}}       | must be 1 to 64 of a-z, 0-9 and -
          update.affects[1].region | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{}, {"region": "moon"}]}}   | there is no region "moon"
          update.affects[0].component | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{"component": "x"}]}}    | there is no component "x"
          update.affects[0].regoin | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{"regoin": "emea"}]}}       | is no known field; known are component, region, segment
          update.nextUpdateBy      | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{}], "nextUpdateBy": "soon"}} | must be an RFC 3339 time such as 2026-01-15T10:40:00Z
          update.notify            | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{}], "notify": "no"}}       | must be true or false
          update.scheduledUntil    | {"title": "t", "update": {"status": "scheduled", "body": "x", "affects": [{}], "scheduledFor": "2026-01-15T10:40:00Z"}} | is required beside scheduledFor
          update.scheduledFor      | {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{}], "scheduledFor": "2026-01-15T10:40:00Z", "scheduledUntil": "2026-01-15T11:40:00Z"}} | only a maintenance has a planned window
          id                       | {"id": "web\\n", "title": "t", "update": {"status": "identified", "body": "x", "affects": [{}]}}        | must be 1 to 64 of a-z, 0-9 and -
          id                       | {"id": "Web Outage", "title": "t", "update": {"status": "identified", "body": "x", "affects": [{}]}}   | must be 1 to 64 of a-z, 0-9 and -
          updates                  | {"title": "t", "updates": {}, "update": {"status": "identified", "body": "x", "affects": [{}]}}        | is no known field; known are id, title, update
          body                     | []                                                                                                     | must be an object
          body                     | null                                                                                                   | must be an object
          """)
  void aWrongFieldIsNamedWithWhatWouldBeRight(String field, String body, String detail) {
    HttpResponse<String> response = gateway.call("POST", "/v1/incidents", body);

    JsonObject problem = problem(response, 422, "validation");
    JsonObject error = problem.getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("field")).isEqualTo(field);
    assertThat(error.getString("pointer")).isEqualTo(FieldPath.pointer(field));
    assertThat(error.getString("detail")).isEqualTo(detail);
    assertThat(gateway.call("POST", "/v1/incidents?dryRun=true", body).body())
        .isEqualTo(response.body());
    assertThat(gateway.count("incident")).isZero();
    assertThat(gateway.count("incident_update")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name": "x"                          | line 1, column 13: this is not JSON
          {"name": "x"} {}                      | line 1, column 16: something follows the end of the JSON
          {"name": "x", "name": "y"}            | line 1, column 24: a field is there twice
          {"name": "\\u0000"}                   | line 1, column 18: a string holds NUL
          {"name": "\\ud83d"}                   | line 1, column 18: a string holds half of a surrogate pair
          {"name": "\\udd14\\ud83d"}            | line 1, column 24: a string holds half of a surrogate pair
          {"name": nope}                        | line 1, column 10: this is not JSON
          {"name": 1e999}                       | line 1, column 15: a number is out of range
          ``                                    | there is no JSON in the body
          """)
  void whatIsNoJsonIsMalformed(String body, String detail) {
    HttpResponse<String> response = gateway.call("PUT", "/v1/components/api", body);

    assertThat(problem(response, 400, "malformed").getString("detail")).isEqualTo(detail);
    assertThat(gateway.call("GET", "/v1/components/api").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | /v1/suppressions/-1                     | id         | must be 1 at least
          DELETE | /v1/keys/42147483648                    | id         | must be 2147483647 at most
          GET    | /v1/subscribers/0/attempts              | subscriber | must be 1 at least
          GET    | /v1/subscribers/5000000000/consents     | subscriber | must be 2147483647 at most
          GET    | /v1/subscribers/x                       | subscriber | must be a whole number
          GET    | /v1/incidents/web-outage/updates/0      | sequence   | must be 1 at least
          """)
  void aWrongPartOfThePathIsNamedWithWhatWouldBeRight(
      String method, String path, String name, String detail) {
    JsonObject problem = problem(gateway.call(method, path, ""), 422, "validation");

    JsonObject error = problem.getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("field")).isEqualTo(name);
    assertThat(error.getString("detail")).isEqualTo(detail);
  }

  @Test
  void aPairOfSurrogatesIsACharacter() {
    HttpResponse<String> response =
        gateway.call("PUT", "/v1/components/bell", "{\"name\": \"\\ud83d\\udd14\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(TestGateway.json(response).getString("name")).isEqualTo("🔔");
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "[".repeat(100_000);

    HttpResponse<String> response = gateway.call("PUT", "/v1/components/api", deep);

    assertThat(problem(response, 400, "malformed").getString("detail"))
        .isEqualTo("line 1, column 66: nested deeper than 64 levels");
  }

  @Test
  void brokenUtf8IsMalformed() {
    var request =
        gateway
            .as(TestGateway.ADMIN, "/v1/components/api")
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofByteArray(
                    new byte[] {'{', '"', 'n', '"', ':', '"', (byte) 0xc3, '"', '}'}));

    problem(gateway.send(request), 400, "malformed");
  }

  @Test
  void aBodyOfMoreThanAMebibyteIsTooLarge() {
    String announced = "{\"name\": \"" + "x".repeat(BoundedBody.LIMIT) + "\"}";
    var chunked =
        gateway
            .as(TestGateway.ADMIN, "/v1/components/api")
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofByteArrays(List.of(announced.getBytes(UTF_8)))));

    problem(gateway.call("PUT", "/v1/components/api", announced), 413, "too-large");
    problem(gateway.send(chunked), 413, "too-large");
  }

  @Test
  void anotherMediaTypeIsRefused() {
    var text =
        gateway
            .as(TestGateway.ADMIN, "/v1/components/api")
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("{}"));
    var none =
        gateway.as(TestGateway.ADMIN, "/v1/components/api").PUT(BodyPublishers.ofString("{}"));

    assertThat(problem(gateway.send(text), 415, "unsupported-media-type").getString("detail"))
        .isEqualTo("the Content-Type must be application/json");
    problem(gateway.send(none), 415, "unsupported-media-type");
  }

  @Test
  void anotherMethodLearnsWhichThereAre() {
    HttpResponse<String> response = gateway.call("DELETE", "/v1/incidents");

    problem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
  }

  @Test
  void anUnknownPathIsNotFound() {
    problem(gateway.call("GET", "/v1/nothing"), 404, "not-found");
    problem(gateway.call("GET", "/metrics"), 404, "not-found");
    problem(gateway.call("GET", "/"), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/limits/%zz",
        "/v1/limits/%00",
        "/v1/limits?limit=%zz",
        "/v1/audit?actor=%00",
        "/v1/limits?%=1"
      })
  void aTargetThatCannotBeDecodedIsMalformed(String target) {
    String answer = raw("GET " + target + " HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 400 Bad Request").contains("problem:malformed");
  }

  @Test
  void whatIsNoHttpIsAProblemToo() {
    assertThat(raw("GET /v1/limits HTTP/1.1\r\nno header"))
        .startsWith("HTTP/1.1 400 ")
        .contains("problem:malformed");
    assertThat(raw("GET /v1/limits/" + "x".repeat(5_000) + " HTTP/1.1"))
        .contains(" 414 Request-URI Too Long")
        .contains("problem:target-too-long");
    assertThat(raw("GET /v1/limits HTTP/1.1\r\nCookie: " + "x".repeat(17_000)))
        .startsWith("HTTP/1.1 431 ")
        .contains("problem:headers-too-large");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/incidents?limit=0,               limit,    must be 1 at least
          /v1/incidents?limit=1001,            limit,    must be 1000 at most
          /v1/incidents?limit=many,            limit,    must be a whole number
          /v1/incidents?limit=1&limit=2,       limit,    must be there once
          /v1/incidents?dryRun=true,           dryRun,   is no parameter of this operation
          /v1/incidents?cursor=N0,             cursor,   must be the nextCursor of a page before
          /v1/incidents/a/updates/0,           sequence, must be 1 at least
          /v1/incidents/a/updates/99999999999, sequence, must be 2147483647 at most
          /v1/incidents/UPPER,                 incident, 'must be 1 to 64 of a-z, 0-9 and -'
          /v1/subscribers/x,                   subscriber, must be a whole number
          /v1/subscribers?standing=asleep,     standing, 'must be one of active, quarantined, disabled, opted_out, unsubscribed, deleted'
          """)
  void aWrongParameterIsNamed(String path, String field, String detail) {
    JsonObject problem = problem(gateway.call("GET", path), 422, "validation");

    JsonObject error = problem.getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("field")).isEqualTo(field);
    assertThat(error.getString("detail")).isEqualTo(detail);
    assertThat(error.containsKey("pointer")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dryrun=true", "dryRun=yes", "dryRun=true&dryRun=false"})
  void publishingNeverTakesAParameterThatItWouldIgnore(String query) {
    HttpResponse<String> response =
        gateway.call(
            "POST",
            "/v1/incidents?" + query,
            "{\"title\": \"t\", \"update\": {\"status\": \"identified\", \"body\": \"x\","
                + " \"affects\": [{}]}}");

    problem(response, 422, "validation");
    assertThat(gateway.count("incident")).isZero();
  }

  /** What is answered to a head that no HTTP client would send. */
  private static String raw(String head) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      String request = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static JsonObject problem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonObject problem = TestGateway.json(response);
    assertThat(problem.getString("type")).isEqualTo("urn:tocsin:problem:" + type);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    return problem;
  }
}
