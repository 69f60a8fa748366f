package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.sms.TwilioSender;
import tocsin.config.Secret;
import tocsin.config.Settings;

class FakeTwilioTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String FROM = "+15005550006";

  private final Vertx vertx = Vertx.vertx();
  private final Arrivals arrivals = new Arrivals(InstantSource.system(), Recognition.NONE);
  private final FakeTwilio twilio =
      FakeTwilio.open(vertx, InstantSource.system(), arrivals, TOKEN).await();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void textIsTakenInTheDocumentedShape() throws Exception {
    var response = post(TOKEN, Map.of("To", "+15555550100", "From", FROM, "Body", "Störung €"));

    assertThat(response.statusCode()).isEqualTo(201);
    JsonObject message = new JsonObject(response.body());
    assertThat(message.getString("sid")).matches("SM[0-9a-f]{32}");
    assertThat(message.getString("status")).isEqualTo("queued");
    assertThat(message.getString("body")).isEqualTo("Störung €");
    assertThat(arrivals.all())
        .singleElement()
        .satisfies(arrival -> {
          assertThat(arrival.address()).isEqualTo("+15555550100");
          assertThat(arrival.id()).isEqualTo(message.getString("sid"));
          assertThat(arrival.content()).isEqualTo(new Content.Sms(FROM, "Störung €", null));
        });
  }

  /** The names and forms of Twilio's published OpenAPI document, v2010. */
  @ParameterizedTest
  @CsvSource({
    "sid, (SM|MM)[0-9a-fA-F]{32}",
    "account_sid, AC[0-9a-fA-F]{32}",
    "status, queued|accepted|scheduled|sending|sent",
    "num_segments, [0-9]+",
    "num_media, [0-9]+",
    "direction, outbound-api",
    "api_version, 2010-04-01",
    "from, '\\+[0-9]{7,15}'",
    "to, '\\+[0-9]{7,15}'",
    "date_created, '[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} \\+0000'",
    "uri, /2010-04-01/Accounts/AC.{32}/Messages/SM.{32}[.]json"
  })
  void theAnswerHasThePublishedShape(String name, String form) throws Exception {
    var response = post(TOKEN, Map.of("To", "+15555550100", "From", FROM, "Body", "x"));

    JsonObject message = new JsonObject(response.body());
    assertThat(message.getString(name)).matches(form);
    assertThat(message.fieldNames())
        .contains("error_code", "error_message", "price", "price_unit", "messaging_service_sid");
    assertThat(message.getValue("error_code")).isNull();
  }

  @Test
  void whatWasTakenAlthoughTheAnswerFailedIsNotSentAgain() {
    twilio.loses(1);

    try (TwilioSender sender = sender()) {
      Outcome outcome = sender.send(text()).await();

      assertThat(arrivals.all())
          .singleElement()
          .satisfies(arrival -> assertThat(outcome).isEqualTo(new Outcome.Sent(arrival.id())));
    }
  }

  @Test
  void aBurstOf429IsNeverTaken() {
    twilio.refuses(2);

    try (TwilioSender sender = sender()) {
      assertThat(sender.send(text()).await()).isInstanceOf(Outcome.Sent.class);
    }
    assertThat(arrivals.count()).isEqualTo(1);
  }

  private TwilioSender sender() {
    Settings.Twilio settings =
        new Settings.Twilio(
            FakeTwilio.ACCOUNT, new Secret(TOKEN), null, List.of(FROM), null, twilio.baseUrl(), 4);
    return new TwilioSender(
        vertx, settings, Settings.OnUnknown.DROP, URI.create("https://status.example.com"));
  }

  private static Message.Sms text() {
    return new Message.Sms(
        new DeliveryId(1, 1), FROM, "+15555550100", "Störung €", 1, Duration.ofHours(1));
  }

  @Test
  void strangerIsRefused() throws Exception {
    var response = post("wrong", Map.of("To", "+15555550100", "From", FROM, "Body", "x"));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(20003);
    assertThat(arrivals.count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "+15005550001, +15005550006, 21211",
    "+15005550002, +15005550006, 21612",
    "+15005550003, +15005550006, 21408",
    "+15005550004, +15005550006, 21610",
    "+15005550009, +15005550006, 21614",
    "+15555550100, +15005550001, 21212",
    "+15555550100, +15005550007, 21606",
    "+15555550100, +15005550008, 21611",
    "+15555550100, '', 21603",
    "'', +15005550006, 21604"
  })
  void magicNumberGetsItsError(String to, String from, int code) throws Exception {
    var response = post(TOKEN, Map.of("To", to, "From", from, "Body", "x"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(code);
    assertThat(arrivals.count()).isZero();
  }

  @Test
  void bodyOverTheLimitIsRefused() throws Exception {
    var response =
        post(TOKEN, Map.of("To", "+15555550100", "From", FROM, "Body", "x".repeat(1601)));

    assertThat(new JsonObject(response.body()).getInteger("code")).isEqualTo(21617);
  }

  @Test
  void aTextMayFailAndItsReportsComeTwiceAndInAnyOrder() throws Exception {
    List<String> fate = List.of("undelivered", "queued", "undelivered");
    twilio.fate(new TwilioFate(fate, 30003, Duration.ofMillis(5)));

    assertThat(reports()).containsExactlyElementsOf(fate);
  }

  @Test
  void lifeOfATextIsReportedInOrderAndSigned() throws Exception {
    assertThat(reports()).containsExactly("queued", "sent", "delivered");
  }

  /** Three of them. */
  private List<String> reports() throws Exception {
    List<String> states = new CopyOnWriteArrayList<>();
    AtomicReference<String> url = new AtomicReference<>();
    HttpServer sender =
        vertx
            .createHttpServer()
            .requestHandler(request -> readReport(request, url.get(), states))
            .listen(0, "127.0.0.1")
            .await();
    url.set("http://127.0.0.1:" + sender.actualPort() + "/hooks/twilio/status?d=d1_1");

    post(
        TOKEN,
        Map.of("To", "+15555550100", "From", FROM, "Body", "x", "StatusCallback", url + "#rc=3"));

    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> states.size() == 3);
    return states;
  }

  private static void readReport(HttpServerRequest request, String url, List<String> states) {
    request
        .setExpectMultipart(true)
        .end()
        .onSuccess(end -> {
          Map<String, String> fields = new HashMap<>();
          request.formAttributes().forEach(field -> fields.put(field.getKey(), field.getValue()));
          String signature = request.getHeader("X-Twilio-Signature");
          boolean signed = new RequestValidator(TOKEN).validate(url, fields, signature);
          states.add(signed ? fields.get("MessageStatus") : "forged");
          request.response().setStatusCode(204).end();
        });
  }

  private HttpResponse<String> post(String token, Map<String, String> fields) throws Exception {
    String form =
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String credentials = FakeTwilio.ACCOUNT + ":" + token;
    URI url =
        twilio.baseUrl().resolve("/2010-04-01/Accounts/" + FakeTwilio.ACCOUNT + "/Messages.json");
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
