package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReceiverTest {
  private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
  private static final String BODY = "{\"type\":\"incident.updated\",\"title\":\"Störung €\"}";

  private final Vertx vertx = Vertx.vertx();
  private final Arrivals arrivals = new Arrivals(InstantSource.fixed(NOW), Recognition.NONE);
  private final WebhookReceiver receiver =
      WebhookReceiver.open(vertx, InstantSource.fixed(NOW), arrivals).await();
  private final URI endpoint = receiver.endpoint("/hooks/acme", SECRET);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void signedRequestIsVerified() throws Exception {
    assertThat(post(endpoint, SECRET, NOW, BODY)).isEqualTo(204);

    assertThat(arrivals.all())
        .singleElement()
        .satisfies(arrival -> {
          assertThat(arrival.verified()).isTrue();
          assertThat(arrival.address()).isEqualTo(endpoint.toString());
          assertThat(arrival.id()).isEqualTo("d1_1");
          assertThat(arrival.content())
              .isInstanceOfSatisfying(
                  Content.Event.class, event -> assertThat(event.words()).contains("Störung €"));
        });
  }

  @Test
  void signatureByAnotherSecretIsRecordedAsUnverified() throws Exception {
    assertThat(post(endpoint, OTHER, NOW, BODY)).isEqualTo(401);

    assertThat(arrivals.all()).singleElement().matches(arrival -> !arrival.verified());
  }

  @Test
  void bodyChangedAfterSigningIsRecordedAsUnverified() throws Exception {
    String signature = new Webhook(SECRET).sign("d1_1", NOW.getEpochSecond(), BODY);

    assertThat(send(endpoint, NOW, signature, BODY + " ")).isEqualTo(401);
    assertThat(arrivals.all()).singleElement().matches(arrival -> !arrival.verified());
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void staleSignatureIsRecordedAsUnverified(long off) throws Exception {
    assertThat(post(endpoint, SECRET, NOW.plusSeconds(off), BODY)).isEqualTo(401);
    assertThat(arrivals.all()).singleElement().matches(arrival -> !arrival.verified());
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void signatureWithinTheToleranceIsVerified(long off) throws Exception {
    assertThat(post(endpoint, SECRET, NOW.plusSeconds(off), BODY)).isEqualTo(204);
  }

  @Test
  void oneRightSignatureAmongOthersIsEnough() throws Exception {
    String right = new Webhook(SECRET).sign("d1_1", NOW.getEpochSecond(), BODY);

    assertThat(send(endpoint, NOW, "v2,abc v1,wrong " + right, BODY)).isEqualTo(204);
  }

  @Test
  void unknownPathVerifiesNothing() throws Exception {
    URI unknown = endpoint.resolve("/hooks/nobody");

    assertThat(post(unknown, SECRET, NOW, BODY)).isEqualTo(401);
  }

  @Test
  void endpointAnswersWhatItWasAskedTo() throws Exception {
    receiver.answer("/hooks/acme", 503);

    assertThat(post(endpoint, SECRET, NOW, BODY)).isEqualTo(503);
    assertThat(arrivals.all()).singleElement().matches(Arrival::verified);
  }

  private static int post(URI url, String secret, Instant at, String body) throws Exception {
    return send(url, at, new Webhook(secret).sign("d1_1", at.getEpochSecond(), body), body);
  }

  private static int send(URI url, Instant at, String signature, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(10))
            .header("webhook-id", "d1_1")
            .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
            .header("webhook-signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
