package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.config.Settings;
import tocsin.config.Settings.SmtpTls;

/** Whom a mail is entrusted to. */
class StarttlsTest {
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir Path folder;
  private final List<String> secured = new CopyOnWriteArrayList<>();
  private @Nullable SMTPServer server;

  @AfterAll
  static void closeVertx() {
    VERTX.close().await();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void speaksInPrivateToAServerThatProvesItsName() throws Exception {
    Certificate certificate = Certificate.of("ip:127.0.0.1", folder);

    assertThat(send(certificate, certificate.pem())).isInstanceOf(Sent.class);
    assertThat(secured).containsExactly("a@example.org");
  }

  @Test
  void doesNotSpeakToAServerOfAnotherName() throws Exception {
    Certificate certificate = Certificate.of("dns:mail.example.org", folder);

    assertRefused(send(certificate, certificate.pem()));
  }

  @Test
  void doesNotSpeakToAServerThatNobodyVouchesFor() throws Exception {
    Certificate certificate = Certificate.of("ip:127.0.0.1", folder);

    assertRefused(send(certificate, null));
  }

  private Outcome send(Certificate certificate, @Nullable Path ca) throws Exception {
    SMTPServer listening =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .startTlsSocketFactory(certificate.owner())
            .requireTLS()
            .messageHandler((context, from, to, data) -> secured.add(to))
            .build();
    server = listening;
    listening.start();
    Settings.Smtp smtp =
        new Settings.Smtp("127.0.0.1", listening.getPortAllocated(), SmtpTls.REQUIRED, ca, null, 1);
    try (SmtpSender sender =
        new SmtpSender(VERTX, smtp, "example.com", Mails.patient(), System::nanoTime)) {
      return sender.send(Mails.to("a@example.org")).await();
    }
  }

  private void assertRefused(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(Reason.CONNECTION));
    assertThat(secured).isEmpty();
  }
}
