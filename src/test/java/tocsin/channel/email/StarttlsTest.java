package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.config.Settings;
import tocsin.config.Settings.Starttls;

/** Whom a mail is entrusted to. */
class StarttlsTest {
  @TempDir Path folder;
  private final List<String> secured = new CopyOnWriteArrayList<>();
  private @Nullable SMTPServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void speaksInPrivateToAServerThatProvesItsName() throws Exception {
    Certificate certificate = Certificate.of("ip:127.0.0.1", folder);

    assertThat(send(certificate, Map.of(trust(), certificate.believer().getSocketFactory())))
        .isInstanceOf(Sent.class);
    assertThat(secured).containsExactly("a@example.org");
  }

  @Test
  void doesNotSpeakToAServerOfAnotherName() throws Exception {
    Certificate certificate = Certificate.of("dns:mail.example.org", folder);

    assertRefused(send(certificate, Map.of(trust(), certificate.believer().getSocketFactory())));
  }

  @Test
  void doesNotSpeakToAServerThatNobodyVouchesFor() throws Exception {
    Certificate certificate = Certificate.of("ip:127.0.0.1", folder);

    assertRefused(send(certificate, Map.of()));
  }

  private Outcome send(Certificate certificate, Map<String, Object> properties) throws Exception {
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
        new Settings.Smtp(
            "127.0.0.1", listening.getPortAllocated(), Starttls.REQUIRED, null, null, 1);
    try (SmtpSender sender =
        new SmtpSender(smtp, Mails.FROM, Mails.patient(), properties, InstantSource.system())) {
      return sender.send(Mails.to("a@example.org"));
    }
  }

  private void assertRefused(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(Reason.CONNECTION));
    assertThat(secured).isEmpty();
  }

  private static String trust() {
    return "mail.smtp.ssl.socketFactory";
  }
}
