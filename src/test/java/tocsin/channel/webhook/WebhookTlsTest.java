package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.channel.webhook.WebhookTestbed.NAME;
import static tocsin.channel.webhook.WebhookTestbed.PATIENT;
import static tocsin.channel.webhook.WebhookTestbed.message;
import static tocsin.channel.webhook.WebhookTestbed.policy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

class WebhookTlsTest {
  private static final Outcome REFUSED =
      new Outcome.Deferred(Reason.CONNECTION, "TLS failed", null);

  private static PfxOptions right = new PfxOptions();
  private static PfxOptions wrong = new PfxOptions();

  private final WebhookTestbed bed = new WebhookTestbed();
  private final List<String> serverNames = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    right = loaded(TestCertificate.of(folder, NAME));
    wrong = loaded(TestCertificate.of(folder, "other.test"));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theCertificateGoesByTheNameAndNotByTheAddress() {
    assertThat(send(server(right), options -> options.setTrustOptions(right)))
        .isEqualTo(new Outcome.Sent(""));
    assertThat(serverNames).containsExactly(NAME);
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    assertThat(send(server(wrong), options -> options.setTrustOptions(wrong))).isEqualTo(REFUSED);
    assertThat(serverNames).isEmpty();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    assertThat(send(server(right), options -> {})).isEqualTo(REFUSED);
    assertThat(serverNames).isEmpty();
  }

  @Test
  void aServerWithoutTlsIsRefused() {
    HttpServer plain = bed.http(request -> request.response().end());

    assertThat(send(plain, options -> {})).isEqualTo(REFUSED);
  }

  @Test
  void aSilentHandshakeEndsInTime() {
    var silent = bed.raw(socket -> {});
    var bounds = new WebhookBounds(Duration.ofMillis(300), PATIENT.total());

    assertThat(
            bed.sender(bounds, policy(443, NAME), options -> {})
                .send(message("https://" + NAME + ":" + silent.actualPort() + "/"))
                .await())
        .isEqualTo(new Outcome.Deferred(Reason.TIMEOUT, "no TLS in time", null));
  }

  private Outcome send(HttpServer server, Consumer<HttpClientOptions> change) {
    return bed.sender(PATIENT, policy(443, NAME), change)
        .send(message("https://" + NAME + ":" + server.actualPort() + "/"))
        .await();
  }

  private HttpServer server(PfxOptions certificate) {
    return bed.vertx
        .createHttpServer(
            new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate))
        .exceptionHandler(refused -> {})
        .requestHandler(request -> {
          serverNames.add(String.valueOf(request.connection().indicatedServerName()));
          request.response().end();
        })
        .listen(0, "127.0.0.1")
        .await();
  }

  private static PfxOptions loaded(PfxOptions store) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(store.getPath()));
    return new PfxOptions().setValue(Buffer.buffer(bytes)).setPassword(store.getPassword());
  }
}
