package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.config.Secret;
import tocsin.config.Settings;
import tocsin.config.Settings.Login;
import tocsin.config.Settings.SmtpTls;

/** Against a mail server that keeps what it gets. */
class SmtpSenderTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @AfterAll
  static void closeVertx() {
    VERTX.close().await();
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void deliversTheVeryOctets() throws Exception {
    Message.Email mail = Mails.to("a@example.org");

    try (SmtpSender sender = Mails.sender(VERTX, server.getSmtp().getPort())) {
      assertThat(sender.send(mail).await()).isInstanceOf(Sent.class);
    }

    MimeMessage received = server.getReceivedMessages()[0];
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    received.writeTo(octets);
    assertThat(octets.toString(StandardCharsets.UTF_8))
        .endsWith(new String(mail.content().toByteArray(), StandardCharsets.UTF_8).strip());
    assertThat(received.getHeader("Return-Path", ",")).isEqualTo("<bounces@example.com>");
    assertThat(received.getMessageID()).isEqualTo("<d1_1@example.com>");
  }

  @Test
  void sendsManyAtOnceOverFewConnections() throws Exception {
    int mails = 200;
    List<Future<Outcome>> outcomes = new ArrayList<>();
    try (SmtpSender sender = Mails.sender(VERTX, server.getSmtp().getPort());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < mails; i++) {
        Message.Email mail = Mails.to("a" + i + "@example.org", i);
        outcomes.add(threads.submit(() -> sender.send(mail).await()));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Sent.class);
      }
    }
    assertThat(Arrays.stream(server.getReceivedMessages()).map(SmtpSenderTest::id).distinct())
        .hasSize(mails);
  }

  @Test
  void logsIn() {
    server.setUser("tocsin", "right");

    assertThat(sendAs("right")).isInstanceOf(Sent.class);
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void waitsForTheOperatorWhenThePasswordIsWrong() {
    server.setUser("tocsin", "right");

    assertThat(sendAs("wrong"))
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(Reason.OPERATOR));
  }

  private Outcome sendAs(String password) {
    Settings.Smtp smtp =
        new Settings.Smtp(
            "127.0.0.1",
            server.getSmtp().getPort(),
            SmtpTls.OFF,
            null,
            new Login.Password("tocsin", new Secret(password)),
            1);
    try (SmtpSender sender = new SmtpSender(VERTX, smtp, "example.com")) {
      return sender.send(Mails.to("a@example.org")).await();
    }
  }

  private static String id(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (jakarta.mail.MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
