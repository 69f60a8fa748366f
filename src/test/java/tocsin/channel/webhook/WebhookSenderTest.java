package tocsin.channel.webhook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static tocsin.channel.webhook.WebhookTestbed.BODY;
import static tocsin.channel.webhook.WebhookTestbed.NAME;
import static tocsin.channel.webhook.WebhookTestbed.PATIENT;
import static tocsin.channel.webhook.WebhookTestbed.SECRET;

import com.standardwebhooks.Webhook;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.Dialect;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

class WebhookSenderTest {
  private final WebhookTestbed bed = new WebhookTestbed();
  private final WebhookSender sender = bed.sender(PATIENT);
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

  private record Arrival(String line, MultiMap headers, String body) {}

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void whatArrivesIsVerifiedByAnIndependentLibrary() {
    bed.now.set(Instant.now());
    int port = receiver(200).actualPort();

    assertThat(bed.sendTo(sender, port)).isEqualTo(new Outcome.Sent(""));

    Arrival arrival = arrivals.getFirst();
    assertThat(arrival.line()).isEqualTo("POST /hook?a=b");
    assertThat(arrival.headers().get("host")).isEqualTo(NAME + ":" + port);
    assertThat(arrival.headers().get("content-type")).isEqualTo("application/json");
    assertThat(arrival.headers().get("user-agent")).startsWith("Tocsin/");
    assertThat(arrival.headers().get("webhook-id")).isEqualTo("d7_16");
    assertThat(arrival.body().getBytes(StandardCharsets.UTF_8)).isEqualTo(BODY);
    assertThatCode(() -> new Webhook(SECRET).verify(arrival.body(), signed(arrival)))
        .doesNotThrowAnyException();
  }

  @Test
  void aRetryHasTheSameIdAndItsOwnTimeAndSignature() {
    int port = receiver(500).actualPort();

    bed.sendTo(sender, port);
    bed.now.updateAndGet(before -> before.plusSeconds(5));
    bed.sendTo(sender, port);

    assertThat(arrivals)
        .extracting(arrival -> arrival.headers().get("webhook-id"))
        .containsExactly("d7_16", "d7_16");
    assertThat(arrivals)
        .extracting(arrival -> arrival.headers().get("webhook-timestamp"))
        .containsExactly("1768473000", "1768473005");
    assertThat(arrivals.get(0).headers().get("webhook-signature"))
        .isNotEqualTo(arrivals.get(1).headers().get("webhook-signature"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void everySuccessIsSent(int status) {
    assertThat(bed.sendTo(sender, receiver(status).actualPort())).isEqualTo(new Outcome.Sent(""));
  }

  @ParameterizedTest
  @CsvSource({
    "429, THROTTLED",
    "300, UNAVAILABLE",
    "304, UNAVAILABLE",
    "400, UNAVAILABLE",
    "401, UNAVAILABLE",
    "404, UNAVAILABLE",
    "413, UNAVAILABLE",
    "500, UNAVAILABLE",
    "502, THROTTLED",
    "503, UNAVAILABLE",
    "504, THROTTLED",
    "599, UNAVAILABLE"
  })
  void everyOtherAnswerIsTriedAgain(int status, Reason reason) {
    assertThat(bed.sendTo(sender, receiver(status).actualPort()))
        .isEqualTo(new Outcome.Deferred(reason, "HTTP " + status, null));
    assertThat(arrivals).hasSize(1);
  }

  @Test
  void goneMeansNeverAgain() {
    assertThat(bed.sendTo(sender, receiver(410).actualPort()))
        .isEqualTo(new Outcome.Rejected(Reason.GONE, "HTTP 410"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsAFailureAndNotFollowed(int status) {
    AtomicInteger followed = new AtomicInteger();
    HttpServer other =
        bed.http(request -> {
          followed.incrementAndGet();
          request.response().end();
        });
    HttpServer server =
        bed.http(request ->
            request
                .response()
                .setStatusCode(status)
                .putHeader("location", "http://127.0.0.1:" + other.actualPort() + "/")
                .end());

    assertThat(bed.sendTo(sender, server.actualPort()))
        .isEqualTo(new Outcome.Deferred(Reason.UNAVAILABLE, "HTTP " + status, null));
    assertThat(followed).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "503, 120, PT2M",
    "429, 7200, PT1H",
    "503, 7200, PT1H",
    "503, 99999999999999, PT1H",
    "500, 604800, PT1H",
    "502, 'Thu, 15 Jan 2026 10:31:00 GMT', PT1M",
    "503, -5, ",
    "503, soon, "
  })
  void retryAfterIsHandedOn(int status, String value, Duration after) {
    HttpServer server =
        bed.http(request ->
            request.response().setStatusCode(status).putHeader("retry-after", value).end());

    assertThat(bed.sendTo(sender, server.actualPort()))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class, deferred -> assertThat(deferred.after()).isEqualTo(after));
  }

  @Test
  void aMalformedSecretIsNeverSentWith() {
    var message = WebhookTestbed.message("http://" + NAME + ":" + receiver(200).actualPort() + "/");
    var broken =
        new Message.Webhook(
            message.id(), message.endpoint(), List.of("secret"), Dialect.NATIVE, BODY);

    assertThat(sender.send(broken).await())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.REQUEST));
    assertThat(arrivals).isEmpty();
  }

  @Test
  void noDetailShowsTheAddressOrTheAnswer() {
    HttpServer server =
        bed.http(request -> request.response().setStatusCode(500).end("secret of the network"));

    assertThat(bed.sendTo(sender, server.actualPort()).toString())
        .doesNotContain("127.0.0.1", "secret", NAME);
  }

  @Test
  void aClosedSenderDefers() {
    int port = receiver(200).actualPort();
    sender.close();

    assertThat(bed.sendTo(sender, port)).isInstanceOf(Outcome.Deferred.class);
    assertThat(arrivals).isEmpty();
  }

  @Test
  void theNextAddressIsTriedWhileNothingWasSent() {
    bed.knows(NAME, "127.0.0.2", "127.0.0.1");

    assertThat(bed.sendTo(sender, receiver(200).actualPort())).isEqualTo(new Outcome.Sent(""));
  }

  @Test
  void theNextAddressIsNotTriedAfterAnAnswer() {
    bed.knows(NAME, "127.0.0.1", "127.0.0.1");

    bed.sendTo(sender, receiver(500).actualPort());

    assertThat(arrivals).hasSize(1);
  }

  private HttpServer receiver(int status) {
    return bed.http(request ->
        request
            .body()
            .onSuccess(body -> {
              arrivals.add(
                  new Arrival(
                      line(request), request.headers(), body.toString(StandardCharsets.UTF_8)));
              request.response().setStatusCode(status).end();
            }));
  }

  private static String line(HttpServerRequest request) {
    return request.method() + " " + request.uri();
  }

  private static Map<String, List<String>> signed(Arrival arrival) {
    return Map.of(
        "webhook-id", List.of(requireNonNull(arrival.headers().get("webhook-id"))),
        "webhook-timestamp", List.of(requireNonNull(arrival.headers().get("webhook-timestamp"))),
        "webhook-signature", List.of(requireNonNull(arrival.headers().get("webhook-signature"))));
  }
}
