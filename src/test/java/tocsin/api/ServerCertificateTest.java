package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.channel.email.Certificate;
import tocsin.config.Settings;
import tocsin.config.Settings.PemFiles;
import tocsin.store.Answer;
import tocsin.store.TestDatabase;

/** Whoever renews the certificate replaces its files, and never stops the gateway by it. */
class ServerCertificateTest {
  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder;
  private Path file;
  private ServerCertificate certificate;
  private HttpServer server;

  @BeforeEach
  void listen() throws Exception {
    file = folder.resolve("tls.pem");
    Files.copy(made("one"), file);
    certificate = Answer.of(ServerCertificate.read(vertx, new PemFiles(file, file)));
    server =
        Answer.of(
            vertx
                .createHttpServer(
                    new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.options()))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aReplacedFileIsShownToTheNextVisitor() throws Exception {
    Collection<Object> before = shownNames();
    assertThat(Answer.of(look())).isFalse();

    Files.copy(made("two"), file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Answer.of(look())).isTrue();
    assertThat(before).contains("one.example.com");
    assertThat(shownNames()).contains("two.example.com");
  }

  @Test
  void aBrokenFileLeavesTheOneBeforeInUse() throws Exception {
    Files.writeString(file, "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");
    assertThat(Answer.of(look())).isFalse();

    Files.delete(file);
    assertThat(Answer.of(look())).isFalse();

    assertThat(shownNames()).contains("one.example.com");
  }

  @Test
  void halfARenewalIsNotUsedYet() throws Exception {
    Path key = Files.copy(file, folder.resolve("key.pem"));
    certificate = Answer.of(ServerCertificate.read(vertx, new PemFiles(file, key)));
    Path two = made("two");

    Files.copy(two, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Answer.of(look())).isFalse();
    assertThat(shownNames()).contains("one.example.com");

    Files.copy(two, key, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Answer.of(look())).isTrue();
    assertThat(shownNames()).contains("two.example.com");
  }

  @Test
  void oneThatIsOutOfDateIsBetterThanNoServerAndWorseThanTheOneBefore() throws Exception {
    Path old =
        Certificate.outOfDate("dns:old.example.com", Files.createDirectory(folder.resolve("old")))
            .chain();

    assertThatCode(() -> Answer.of(ServerCertificate.read(vertx, new PemFiles(old, old))))
        .doesNotThrowAnyException();

    Files.copy(old, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Answer.of(look())).isFalse();
    assertThat(shownNames()).contains("one.example.com");
  }

  @Test
  void oneThatNoServerCouldShowIsNamed() throws Exception {
    Path key = Files.copy(made("two"), folder.resolve("key.pem"));

    assertThatThrownBy(() -> Answer.of(ServerCertificate.read(vertx, new PemFiles(file, key))))
        .hasMessage(
            "the certificate %s with the key %s cannot be used: the key is not the one of the certificate",
            file, key);
  }

  @Test
  void aGatewayWithACertificateSpeaksTlsAndTellsBrowsersToInsist() throws Exception {
    Settings settings =
        Settings.load(
            null,
            Map.of(
                "TOCSIN_HTTP_HOST", "127.0.0.1",
                "TOCSIN_HTTP_PORT", "0",
                "TOCSIN_MANAGEMENT_PORT", "0",
                "TOCSIN_PUBLIC_URL", "https://notify.example.com",
                "TOCSIN_HTTP_TLS_CERTIFICATE", file.toString(),
                "TOCSIN_HTTP_TLS_KEY", file.toString()));
    HttpServers servers =
        Answer.of(
            HttpServers.start(
                vertx,
                settings,
                List.of(router -> router.get("/").handler(context -> context.end("hello"))),
                new Management(
                    new Readiness(TestDatabase.fresh(vertx)),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
                new Random(1)));

    HttpResponse<Buffer> answer =
        Answer.of(
            WebClient.create(vertx, new WebClientOptions().setTrustAll(true).setVerifyHost(false))
                .get(servers.port(), "127.0.0.1", "/")
                .ssl(true)
                .send());

    assertThat(answer.bodyAsString()).isEqualTo("hello");
    assertThat(answer.getHeader("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    Answer.of(servers.close());
  }

  private Future<Boolean> look() {
    return certificate.look(
        options -> server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(options)));
  }

  private Path made(String name) throws Exception {
    return Certificate.of(
            "dns:" + name + ".example.com", Files.createDirectory(folder.resolve(name)))
        .chain();
  }

  private Collection<Object> shownNames() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    try (var socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.actualPort())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectAlternativeNames().stream().map(name -> (Object) name.get(1)).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Trusts whoever answers: the test looks at what is shown. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
