package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tocsin.Gateway;
import tocsin.Loopback;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.fuzz.Reply.Answered;
import tocsin.render.TemplateException;
import tocsin.store.Answer;
import tocsin.store.TestDatabase;

/** A whole gateway with something of everything on record, and one endpoint that takes it all. */
final class FuzzedGateway implements AutoCloseable {
  static final String KEY = "the-admin-key-of-the-tests";
  private static final String LINK_KEY = "the-key-of-the-links-of-the-tests";
  private static final String TWILIO_TOKEN = "the-token-of-the-tests";
  private static final String PUBLIC_URL = "http://localhost:8080";
  private static final int SUBSCRIBERS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final int management = Loopback.freePort();
  private final HttpServer anybody;
  private final Gateway gateway;
  private final Wire wire;
  private final Known known;

  FuzzedGateway() {
    anybody =
        Answer.of(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end("{}"))
                .listen(0, "127.0.0.1"));
    try {
      gateway = Gateway.start(Settings.load(null, environment()));
    } catch (SettingsException | TemplateException wrong) {
      throw new IllegalStateException(wrong);
    }
    wire = new Wire(gateway.local().getPort());
    furnish();
    known = new Known(names());
  }

  private Map<String, String> environment() {
    DatabaseUrl url = TestDatabase.url();
    return Map.ofEntries(
        Map.entry("TOCSIN_HTTP_HOST", "127.0.0.1"),
        Map.entry("TOCSIN_HTTP_PORT", "0"),
        Map.entry("TOCSIN_HTTP_PROXIES", "127.0.0.1"),
        Map.entry("TOCSIN_MANAGEMENT_PORT", Integer.toString(management)),
        Map.entry("TOCSIN_PUBLIC_URL", PUBLIC_URL),
        Map.entry("TOCSIN_ADMIN_KEY", KEY),
        Map.entry("TOCSIN_LINK_KEY", LINK_KEY),
        Map.entry("TOCSIN_WEBHOOK_ALLOW", "127.0.0.1"),
        Map.entry("TOCSIN_OPTIN_PER_HOUR", "100000"),
        Map.entry("TOCSIN_SMTP_HOST", "127.0.0.1"),
        Map.entry("TOCSIN_SMTP_STARTTLS", "off"),
        Map.entry("TOCSIN_MAIL_FROM", "Acme Status <status@example.com>"),
        Map.entry("TOCSIN_SMTP_PORT", Integer.toString(Loopback.freePort())),
        Map.entry("TOCSIN_TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32)),
        Map.entry("TOCSIN_TWILIO_AUTH_TOKEN", TWILIO_TOKEN),
        Map.entry("TOCSIN_TWILIO_FROM", "+15005550006"),
        Map.entry("TOCSIN_TWILIO_BASE_URL", endpoint()),
        Map.entry("TOCSIN_SES_TOPIC", "arn:aws:sns:eu-west-1:123456789012:mail"),
        Map.entry("TOCSIN_MAILGUN_KEY", "the-key-of-mailgun"),
        Map.entry(
            "TOCSIN_DATABASE_URL",
            "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                    url.user(), url.password().value(), url.host(), url.port(), url.database())));
  }

  private void furnish() {
    Stream.of("components/web", "components/api", "regions/emea", "regions/north-america")
        .forEach(path -> json("PUT", "/v1/" + path, "{\"name\": \"" + path + "\"}"));
    Stream.of("acme", "globex")
        .forEach(id -> json("PUT", "/v1/customers/" + id, "{\"name\": \"" + id + "\"}"));
    Stream.of("email", "sms", "webhook:host:*", "email:domain:example.com")
        .forEach(key -> json("PUT", "/v1/limits/" + key, "{\"permits\": 100, \"per\": \"PT1S\"}"));
    String lines =
        IntStream.range(0, SUBSCRIBERS)
            .mapToObj(number -> subscriber(number).encode())
            .collect(Collectors.joining("\n"));
    call("POST", "/v1/subscribers/import", "application/x-ndjson", lines);
    for (int i = 0; i < 4; i++) {
      opened("inc-" + i);
      json("POST", "/v1/opt-ins", subscriber(SUBSCRIBERS + 3 * i).encode());
      json("POST", "/v1/suppressions", subscriber(2 * SUBSCRIBERS + 3 * i).encode());
      json("POST", "/v1/keys", "{\"name\": \"key-" + i + "\", \"role\": \"viewer\"}");
    }
  }

  private JsonObject subscriber(int number) {
    return switch (number % 3) {
      case 0 -> new JsonObject().put("channel", "email").put("address", number + "@example.com");
      case 1 ->
          new JsonObject().put("channel", "sms").put("address", "+49151100" + (1000 + number));
      default ->
          new JsonObject().put("channel", "webhook").put("address", endpoint() + "/" + number);
    };
  }

  private Map<String, List<String>> names() {
    List<Integer> ids =
        json("GET", "/v1/subscribers?limit=1000", "").json().getJsonArray("subscribers").stream()
            .map(it -> ((JsonObject) it).getInteger("id"))
            .toList();
    LinkTokens tokens = new LinkTokens(LINK_KEY.getBytes(UTF_8));
    List<Integer> few = List.of(1, 2, 3, 4);
    Map<String, List<String>> names = new HashMap<>();
    names.put("subscriber", ids.stream().map(String::valueOf).toList());
    names.put("/v1/components:id", List.of("web", "api", "new"));
    names.put("/v1/regions:id", List.of("emea", "north-america", "new"));
    names.put("/v1/customers:id", List.of("acme", "globex", "new"));
    names.put("/v1/keys:id", few.stream().map(String::valueOf).toList());
    names.put("/v1/suppressions:id", few.stream().map(String::valueOf).toList());
    names.put("/u:token", tokens(tokens, Purpose.UNSUBSCRIBE, ids));
    names.put("/leave:token", tokens(tokens, Purpose.LEAVE_LIST, ids));
    names.put("/preferences:token", tokens(tokens, Purpose.PREFERENCES, ids));
    names.put("/confirm:token", tokens(tokens, Purpose.CONFIRM, few));
    return names;
  }

  private static List<String> tokens(LinkTokens tokens, Purpose purpose, List<Integer> ids) {
    return ids.stream().map(id -> tokens.token(purpose, id)).toList();
  }

  Known known() {
    return known;
  }

  TwilioSigned twilio() {
    return new TwilioSigned(PUBLIC_URL, TWILIO_TOKEN);
  }

  /** Of somebody who takes everything. */
  String endpoint() {
    return "http://127.0.0.1:" + anybody.actualPort();
  }

  Reply send(HttpMessage message) {
    return wire.send(message);
  }

  /** It is ready, takes an update and shows it. */
  void works() {
    HttpMessage ready = HttpMessage.of("GET", "/readyz", "Host: localhost", "Connection: close");
    assertThat(new Wire(management).send(ready))
        .isInstanceOfSatisfying(
            Answered.class, answer -> assertThat(answer.status()).isEqualTo(200));
    String incident = "after-" + System.nanoTime();
    opened(incident);
    assertThat(json("GET", "/i/" + incident, "").status()).isEqualTo(200);
  }

  private void opened(String incident) {
    String update =
        "{\"id\": \"%s\", \"title\": \"Web\", \"update\": {\"status\": \"investigating\", \"body\": \"We look.\", \"affects\": [{}]}}"
            .formatted(incident);
    assertThat(json("POST", "/v1/incidents", update).status()).isEqualTo(202);
  }

  private Answered json(String method, String path, String body) {
    return call(method, path, "application/json", body);
  }

  private Answered call(String method, String path, String type, String body) {
    Reply reply =
        send(
            HttpMessage.of(
                    method,
                    path,
                    "Host: localhost",
                    "Connection: close",
                    "Authorization: Bearer " + KEY,
                    "Content-Type: " + type)
                .withText(body));
    return (Answered) reply;
  }

  @Override
  public void close() {
    gateway.close();
    Answer.of(vertx.close());
  }
}
