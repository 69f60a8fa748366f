package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a person may ask for: all that is kept about them, and that it goes. */
class RightsResourceTest {
  private static final TestGateway gateway = new TestGateway().withCatalogue();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void anExportHoldsTheProfileTheProofAndNoSecret() {
    String path =
        subscribe(
            """
            {"channel": "webhook", "address": "https://hooks.example.com/exported",
             "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "contact": "owner@example.com"}
            """);

    HttpResponse<String> response = gateway.call("GET", path + "/export");

    JsonObject all = TestGateway.json(response);
    assertThat(all.getJsonObject("subscriber").getString("address")).contains("/exported");
    assertThat(all.getJsonArray("consents")).hasSize(1);
    assertThat(all.getJsonArray("deliveries")).isEmpty();
    assertThat(response.body()).doesNotContain("whsec_");
    assertThat(gateway.call("GET", "/v1/subscribers/999999/export").statusCode()).isEqualTo(404);
  }

  @Test
  void anErasureLeavesNothingOfTheAddressInAnyTable() {
    String path =
        subscribe(
            """
            {"channel": "email", "address": "Wiped.Away@Example.com", "components": ["web"],
             "consent": {"source": "form", "at": "2026-01-15T10:40:00Z"}}
            """);
    subscribe(
        """
        {"channel": "webhook", "address": "https://hooks.example.com/of-the-wiped",
         "contact": "wiped.away@example.com"}
        """);
    run(
        """
        insert into notice (kind, channel, address, subject, locale, time_zone)
        values ('known', 'email', 'Wiped.Away@example.com', 1, 'en', 'UTC')
        """);
    run(
        """
        insert into opt_in (channel, address, address_key, locale, time_zone, wish, source, ip,
          network, expires_at, told_channel, told_key, code_of)
        values ('email', 'Wiped.Away@Example.com', 'wiped.away@example.com', 'en', 'UTC', '{}', 'form',
          '192.0.2.9', '192.0.2.9', now() + interval '1 day', 'email', 'wiped.away@example.com', 1)
        """);
    run(
        """
        insert into consent (subscriber, kind, channel, source, ip, user_agent, at)
        values (%s, 'given', 'email', 'form', '192.0.2.9', 'Wiped/1.0', now())
        """
            .formatted(path.substring(path.lastIndexOf('/') + 1)));

    JsonObject first = TestGateway.json(gateway.call("POST", path + "/erasure"));
    JsonObject again = TestGateway.json(gateway.call("POST", path + "/erasure"));

    assertThat(again).isEqualTo(first);
    assertThat(everything().toLowerCase(Locale.ROOT))
        .doesNotContain("wiped.away", "192.0.2.9", "wiped/1.0");
    JsonObject subscriber = TestGateway.json(gateway.call("GET", path));
    assertThat(subscriber.getString("standing")).isEqualTo("deleted");
    assertThat(TestGateway.json(gateway.call("GET", path + "/consents")).getJsonArray("consents"))
        .extracting(it -> ((JsonObject) it).getString("kind"))
        .containsExactly("given", "given", "withdrawn");
  }

  @Test
  void whoWasErasedIsNotImportedAgain() {
    String person = "{\"channel\": \"email\", \"address\": \"forgotten@example.com\"}";
    String path = subscribe(person);
    gateway.call("POST", path + "/erasure");

    assertThat(gateway.call("POST", "/v1/subscribers", person).statusCode()).isEqualTo(409);
    JsonObject entry = suppressions("?address=FORGOTTEN@example.com").getFirst();
    assertThat(entry.getMap()).containsEntry("reason", "erased").doesNotContainKey("address");
  }

  @Test
  void anEndpointAndANumberAreErasedToo() {
    String webhook =
        subscribe("{\"channel\": \"webhook\", \"address\": \"https://hooks.example.com/gone\"}");
    String sms = subscribe("{\"channel\": \"sms\", \"address\": \"+15005550123\"}");

    assertThat(gateway.call("POST", webhook + "/erasure").statusCode()).isEqualTo(200);
    assertThat(gateway.call("POST", sms + "/erasure").statusCode()).isEqualTo(200);

    assertThat(everything()).doesNotContain("hooks.example.com/gone", "15005550123");
    assertThat(gateway.call("GET", "/v1/subscribers?limit=1000").statusCode()).isEqualTo(200);
  }

  @Test
  void whomTheOperatorSuppressesGetsNothingMore() {
    String bounced = subscribe("{\"channel\": \"email\", \"address\": \"bounced@example.com\"}");
    String angry = subscribe("{\"channel\": \"email\", \"address\": \"angry@example.com\"}");

    suppress(
        "{\"channel\": \"email\", \"address\": \"Bounced@example.com\", \"reason\": \"bounce\"}");
    suppress(
        "{\"channel\": \"email\", \"address\": \"angry@example.com\", \"reason\": \"complaint\"}");

    assertThat(standing(bounced)).isEqualTo("quarantined");
    assertThat(standing(angry)).isEqualTo("unsubscribed");
  }

  @Test
  void anEntryIsFoundPutTwiceAndTakenOff() {
    String entry = "{\"channel\": \"sms\", \"address\": \"+4915123456789\"}";
    JsonObject put = suppress(entry);
    assertThat(suppress(entry).getLong("id")).isEqualTo(put.getLong("id"));

    assertThat(suppressions("?address=%2B4915123456789&reason=manual&channel=sms"))
        .containsExactly(suppressions("?address=%2B4915123456789").getFirst());
    String path = "/v1/suppressions/" + put.getLong("id");
    assertThat(gateway.call("DELETE", path).statusCode()).isEqualTo(204);
    assertThat(gateway.call("DELETE", path).statusCode()).isEqualTo(404);
    assertThat(suppressions("?address=%2B4915123456789")).isEmpty();
  }

  @Test
  void whatIsExportedOfTheListImportsAsTheSame() {
    suppress(
        "{\"channel\": \"email\", \"address\": \"listed@example.com\", \"reason\": \"bounce\"}");
    String exported = gateway.call("GET", "/v1/suppressions/export").body();
    long before = gateway.count("suppression");

    JsonObject report = lines(exported + "{\"channel\": \"email\", \"address\": \"nobody\"}\n");

    assertThat(report.getInteger("imported")).isEqualTo(exported.lines().count());
    assertThat(report.getInteger("rejectedTotal")).isEqualTo(1);
    assertThat(gateway.count("suppression")).isEqualTo(before);
    assertThat(exported).contains("listed@example.com");
  }

  private static JsonObject lines(String lines) {
    return TestGateway.json(
        gateway.send(
            gateway
                .as(TestGateway.ADMIN, "/v1/suppressions/import")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines))));
  }

  private static JsonObject suppress(String json) {
    HttpResponse<String> response = gateway.call("POST", "/v1/suppressions", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestGateway.json(response);
  }

  private static List<JsonObject> suppressions(String query) {
    return TestGateway.json(gateway.call("GET", "/v1/suppressions" + query))
        .getJsonArray("suppressions")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static String subscribe(String json) {
    HttpResponse<String> response = gateway.call("POST", "/v1/subscribers", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private static String standing(String path) {
    return TestGateway.json(gateway.call("GET", path)).getString("standing");
  }

  /** Every row of every table, as text. */
  private static String everything() {
    return text(
        """
        select string_agg(query_to_xml('select * from "' || tablename || '"', true, false, '')::text,
          '') from pg_tables where schemaname = 'public'
        """);
  }

  private static String text(String sql) {
    return gateway.pool.query(sql).execute().await().iterator().next().getString(0);
  }

  private static void run(String sql) {
    gateway.pool.query(sql).execute().await();
  }
}
