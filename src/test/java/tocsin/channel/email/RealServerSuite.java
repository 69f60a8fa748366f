package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.channel.email.Ports.Manner;
import tocsin.config.Settings;
import tocsin.config.Settings.Login;
import tocsin.config.Settings.SmtpTls;

/**
 * What holds against every mail server that customers run. Skipped where the server is missing, a
 * failure where it is missing and the environment says {@code CI=true}.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RealServerSuite {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int CONNECTIONS = 4;

  private final MailServer server;
  private final Vertx vertx = Vertx.vertx();
  private Path folder = Path.of("");
  private Path chain = folder;
  private Path trusted = folder;
  private Ports ports = new Ports(Map.of());
  private @Nullable RunningServer running;

  RealServerSuite(MailServer server) {
    this.server = server;
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(server.missing().isEmpty(), server.missing());
    }
    assertThat(server.missing()).isEmpty();
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Certificate certificate = Certificate.of("ip:127.0.0.1", temporary);
    chain = certificate.chain();
    trusted = certificate.pem();
    folder = Files.createDirectory(temporary.resolve("server"));
    ports = Ports.free();
    running = server.start(folder, ports, chain);
  }

  @AfterAll
  void stop() {
    end(RunningServer::close);
    vertx.close().await();
  }

  @BeforeEach
  void clear() throws IOException {
    if (running == null) {
      running = server.start(folder, ports, chain);
    }
    mailbox().clear();
  }

  Mailbox mailbox() {
    return server.mailbox(folder);
  }

  Set<Manner> manners() {
    return server.manners();
  }

  @ParameterizedTest
  @MethodSource("manners")
  void allArriveOnceOctetForOctet(Manner manner) throws Exception {
    assertAllArrive(manner, 300);
  }

  void assertAllArrive(Manner manner, int count) throws Exception {
    List<Message.Email> mails = RealMails.some(count);

    try (SmtpSender sender = sender(manner, SmtpTls.OFF, null)) {
      assertThat(sendAll(sender, mails).values()).allMatch(Sent.class::isInstance);
    }

    assertArrived(mails);
  }

  /** Over one connection, which a server may cut for what it takes for a guessing of addresses. */
  @ParameterizedTest
  @MethodSource("manners")
  void onlyTheRefusedAreNotSent(Manner manner) throws Exception {
    List<Message.Email> good = new ArrayList<>();
    List<Message.Email> all = new ArrayList<>();
    for (Message.Email mail : RealMails.some(60)) {
      int number = all.size();
      if (number % 5 == 1) {
        all.add(RealMails.readdressed(mail, "gone" + number + "@example.org"));
      } else if (number % 5 == 3) {
        all.add(RealMails.readdressed(mail, "grey" + number + "@example.org"));
      } else {
        all.add(mail);
        good.add(mail);
      }
    }

    Map<Message.Email, Outcome> outcomes;
    try (SmtpSender sender = sender(manner, SmtpTls.OFF, null, 1)) {
      outcomes = sendAll(sender, all);
    }

    outcomes.forEach((mail, outcome) -> {
      if (mail.recipient().startsWith("gone")) {
        assertRejected(outcome, Reason.ADDRESS);
      } else if (mail.recipient().startsWith("grey")) {
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Deferred.class,
                grey ->
                    assertThat(grey.reason())
                        .isIn(Reason.UNAVAILABLE, Reason.RECIPIENT_UNAVAILABLE));
      } else {
        assertThat(outcome).isInstanceOf(Sent.class);
      }
    });
    assertArrived(good);
  }

  @Test
  void anAddressBeyondAsciiNeedsAServerThatTakesIt() throws Exception {
    try (SmtpSender sender = sender(Manner.ASCII, SmtpTls.OFF, null)) {
      assertRejected(send(sender, Mails.to("jörg@example.org")), Reason.CAPABILITY);
    }
  }

  @Test
  void aMailOfMoreThanTheServerTakesIsNotSent() throws Exception {
    List<Message.Email> others = RealMails.some(2);

    try (SmtpSender sender = sender(Manner.FULL, SmtpTls.OFF, null)) {
      assertThat(send(sender, others.getFirst())).isInstanceOf(Sent.class);
      assertRejected(send(sender, Mails.big()), Reason.CONTENT);
      assertThat(send(sender, others.getLast())).isInstanceOf(Sent.class);
    }

    assertArrived(others);
  }

  @Test
  void aKilledServerLosesNothing() throws Exception {
    assertThat(losesNothingWhen(RunningServer::kill)).isPositive();
  }

  /** How many had to be sent again. */
  int losesNothingWhen(Consumer<RunningServer> end) throws Exception {
    List<Message.Email> mails = RealMails.some(server.restartedAmong());
    Set<String> unknown = new HashSet<>();
    int again;

    try (SmtpSender sender = sender(Manner.FULL, SmtpTls.OFF, null)) {
      CountDownLatch quarter = new CountDownLatch(mails.size() / 4);
      List<Message.Email> left = mails;
      try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
        Map<Message.Email, Future<Outcome>> sending = new LinkedHashMap<>();
        for (Message.Email mail : mails) {
          sending.put(
              mail,
              threads.submit(() -> {
                Outcome outcome = send(sender, mail);
                quarter.countDown();
                return outcome;
              }));
        }
        assertThat(quarter.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        end(end);
        left = unsent(outcomes(sending), unknown);
      }
      again = left.size();
      running = server.start(folder, ports, chain);
      left = unsent(sendAll(sender, left), unknown);
      assertThat(left).isEmpty();
    }

    Mailbox mailbox = mailbox();
    Awaitility.await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(RealMails.copies(mailbox.mails())).hasSize(mails.size()));
    Map<String, Integer> copies = RealMails.copies(mailbox.mails());
    copies.forEach((id, count) -> {
      if (!unknown.contains(id)) {
        assertThat(count).as(id).isEqualTo(1);
      }
    });
    return again;
  }

  private void end(Consumer<RunningServer> end) {
    if (running != null) {
      end.accept(running);
      running = null;
    }
  }

  private static List<Message.Email> unsent(
      Map<Message.Email, Outcome> outcomes, Set<String> unknown) {
    List<Message.Email> unsent = new ArrayList<>();
    outcomes.forEach((mail, outcome) -> {
      if (outcome instanceof Deferred(Reason reason, String detail, var after)) {
        unsent.add(mail);
        if (reason == Reason.UNKNOWN) {
          unknown.add(mail.id().toString());
        }
      } else {
        assertThat(outcome).isInstanceOf(Sent.class);
      }
    });
    return unsent;
  }

  SmtpSender sender(Manner manner, SmtpTls tls, @Nullable Login login) {
    return sender(manner, tls, login, CONNECTIONS);
  }

  private SmtpSender sender(Manner manner, SmtpTls tls, @Nullable Login login, int connections) {
    Settings.Smtp smtp =
        new Settings.Smtp("127.0.0.1", ports.of(manner), tls, trusted, login, connections);
    return new SmtpSender(vertx, smtp, "example.com", Mails.patient(), System::nanoTime);
  }

  static Outcome send(SmtpSender sender, Message.Email mail) {
    return sender.send(mail).await();
  }

  static Map<Message.Email, Outcome> sendAll(SmtpSender sender, List<Message.Email> mails)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Message.Email, Future<Outcome>> sending = new LinkedHashMap<>();
      mails.forEach(mail -> sending.put(mail, threads.submit(() -> send(sender, mail))));
      return outcomes(sending);
    }
  }

  private static Map<Message.Email, Outcome> outcomes(Map<Message.Email, Future<Outcome>> sending)
      throws Exception {
    Map<Message.Email, Outcome> outcomes = new LinkedHashMap<>();
    for (var sent : sending.entrySet()) {
      outcomes.put(sent.getKey(), sent.getValue().get(LONGEST.toSeconds(), TimeUnit.SECONDS));
    }
    return outcomes;
  }

  void assertArrived(List<Message.Email> mails) throws IOException {
    Mailbox mailbox = mailbox();
    Awaitility.await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(mailbox.count()).isEqualTo(mails.size()));
    RealMails.assertSame(mailbox.mails(), mails);
  }

  static void assertRejected(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }
}
