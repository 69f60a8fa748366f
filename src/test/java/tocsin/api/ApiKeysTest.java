package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is shown once, kept as a hash, and gone when it is deleted. */
class ApiKeysTest {
  private static final TestGateway gateway = new TestGateway();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void aKeyIsShownOnceAndKeptAsAHash() {
    HttpResponse<String> created = create("once", "viewer");

    JsonObject json = TestGateway.json(created);
    String key = json.getString("key");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(key).matches(Pattern.compile("tocsin_[A-Za-z0-9_-]{43}"));
    assertThat(created.headers().firstValue("Location"))
        .hasValue("/v1/keys/" + json.getInteger("id"));
    assertThat(gateway.call("GET", "/v1/keys").body()).contains("\"once\"").doesNotContain(key);
    String row =
        gateway
            .pool
            .query("select api_key::text as row from api_key")
            .execute()
            .await()
            .iterator()
            .next()
            .getString("row");
    assertThat(row).doesNotContain(key.substring("tocsin_".length()));
  }

  @Test
  void aDeletedKeyStopsWorkingAtOnce() {
    JsonObject created = TestGateway.json(create("short-lived", "viewer"));
    String key = created.getString("key");
    assertThat(status(key)).isEqualTo(200);

    HttpResponse<String> deleted = gateway.call("DELETE", "/v1/keys/" + created.getInteger("id"));

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(status(key)).isEqualTo(401);
    assertThat(gateway.call("DELETE", "/v1/keys/" + created.getInteger("id")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aNameIsTakenOnceAndTheOneOfTheSettingsNever() {
    assertThat(create("twice", "viewer").statusCode()).isEqualTo(201);

    ProblemTest.problem(create("twice", "admin"), 409, "conflict");
    ProblemTest.problem(create("admin", "viewer"), 409, "conflict");
    ProblemTest.problem(create("a\\nb", "viewer"), 422, "validation");
    ProblemTest.problem(create("root", "owner"), 422, "validation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer tocsin_nobody",
        "Bearer",
        "Bearer ",
        "Basic dG9jc2luOg==",
        "tocsin_the-admin-key-of-the-tests",
        "Bearer tocsin_the-admin-key-of-the-tests2",
        "Bearer tocsin_the-admin-key-of-the-test"
      })
  void anythingElseIsNoKey(String header) {
    HttpResponse<String> response =
        gateway.send(gateway.request("/v1/regions").header("Authorization", header));

    ProblemTest.problem(response, 401, "unauthenticated");
    assertThat(response.body()).doesNotContain("tocsin_");
  }

  @Test
  void theSchemeIsReadInAnyCase() {
    HttpResponse<String> response =
        gateway.send(
            gateway.request("/v1/regions").header("Authorization", "bearer " + TestGateway.ADMIN));

    assertThat(response.statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> create(String name, String role) {
    return gateway.call(
        "POST", "/v1/keys", "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(name, role));
  }

  private static int status(String key) {
    return gateway.send(gateway.as(key, "/v1/regions")).statusCode();
  }

  @Test
  void whoGuessesIsNotHeardForAMinuteButWhoIsRightFromTheSameAddressIs() {
    try (TestGateway guessed = new TestGateway()) {
      for (int i = 0; i < 60; i++) {
        assertThat(asked(guessed, "guess-" + i).statusCode()).isEqualTo(401);
      }

      HttpResponse<String> refused = asked(guessed, "guess-60");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(guessed.call("GET", "/v1/regions").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> asked(TestGateway gateway, String key) {
    return gateway.send(gateway.request("/v1/regions").setHeader("Authorization", "Bearer " + key));
  }
}
