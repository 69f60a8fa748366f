package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptInResourceTest {
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whatIsAnsweredTellsNothingOfTheAddress() {
    gateway.call("POST", "/v1/subscribers", email("known@example.com").encode());

    HttpResponse<String> known = ask(email("known@example.com"));
    HttpResponse<String> unknown = ask(email("unknown@example.com"));
    HttpResponse<String> again = ask(email("unknown@example.com"));

    assertThat(known.statusCode()).isEqualTo(202);
    assertThat(known.body()).isEqualTo(unknown.body()).isEqualTo(again.body());
    assertThat(new JsonObject(known.body()).getString("lifetime")).isEqualTo("PT48H");
    assertThat(known.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
  }

  @Test
  void theVisitIsKeptWithTheOptIn() {
    ask(
        email("reader@example.com")
            .put("wording", new JsonObject().put("id", "footer").put("version", 3))
            .put("ip", "2001:db8::7")
            .put("userAgent", "Browser/1.0"));

    JsonObject row =
        gateway
            .pool
            .query(
                "select wording, wording_version, host(ip) as ip, network::text, user_agent, source"
                    + " from opt_in")
            .execute()
            .await()
            .iterator()
            .next()
            .toJson();
    assertThat(row)
        .isEqualTo(
            new JsonObject()
                .put("wording", "footer")
                .put("wording_version", 3)
                .put("ip", "2001:db8::7")
                .put("network", "2001:db8::/64")
                .put("user_agent", "Browser/1.0")
                .put("source", "api:admin"));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(ask(email("no address")).statusCode()).isEqualTo(422);
    assertThat(ask(email("a@example.com").put("ip", "example.com")).body()).contains("\"ip\"");
    assertThat(
            ask(new JsonObject().put("channel", "webhook").put("address", "https://example.com/"))
                .body())
        .contains("contact");
  }

  @Test
  void tooManyOfAVisitorAreRefusedForAWhileAndTooManyOfAllAnotherWay() {
    for (int i = 0; i < 10; i++) {
      assertThat(ask(from("203.0.113.7", i)).statusCode()).isEqualTo(202);
    }
    HttpResponse<String> refused = ask(from("203.0.113.7", 10));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(retryAfter(refused)).isBetween(3_000L, 3_600L);

    for (int i = 10; i < TestGateway.MOST_OPT_INS; i++) {
      assertThat(ask(email("reader" + i + "@example.com")).statusCode()).isEqualTo(202);
    }
    HttpResponse<String> full = ask(email("last@example.com"));
    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(retryAfter(full)).isBetween(3_000L, 3_600L);
  }

  private HttpResponse<String> ask(JsonObject wish) {
    return gateway.call("POST", "/v1/opt-ins", wish.encode());
  }

  private static JsonObject from(String ip, int number) {
    return email("reader" + number + "@example.com").put("ip", ip);
  }

  private static long retryAfter(HttpResponse<String> answer) {
    return Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
  }

  private static JsonObject email(String address) {
    return new JsonObject().put("channel", "email").put("address", address);
  }
}
