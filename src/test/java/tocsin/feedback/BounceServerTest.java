package tocsin.feedback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.DeliveryId;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.SignedReturnPath;
import tocsin.channel.email.Certificate;
import tocsin.feedback.mail.Mails;
import tocsin.store.TestDatabase;

/** Mail to the bounce domain over SMTP: what is genuine has its consequences, nothing else any. */
@Timeout(120)
class BounceServerTest {
  private static final Vertx vertx = Vertx.vertx();
  private static final MailWorld world = new MailWorld(TestDatabase.fresh(vertx));

  private BouncePort port;

  @BeforeAll
  static void updates() {
    world.updates(3);
  }

  @BeforeEach
  void open() {
    port = new BouncePort(world.pool);
  }

  @AfterEach
  void stop() {
    port.close();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void aBounceSetsAsideWhomItIsAbout() {
    int subscriber = world.subscriber();

    assertThat(port.send("", path(subscriber), Mails.dsn("failed", "5.1.1", "smtp; 550 5.1.1 no")))
        .startsWith("250");

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
    assertThat(port.registry.get("tocsin.bounces").tag("class", "hard").counter().count()).isOne();
  }

  @Test
  void relaysMayShoutTheAddress() {
    int subscriber = world.subscriber();

    port.send(
        "x@example.net",
        path(subscriber).toUpperCase(java.util.Locale.ROOT),
        Mails.dsn("failed", "5.1.1", ""));

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  @Test
  void whatIsNotAboutUsIsRefusedBeforeItIsSent() {
    int subscriber = world.subscriber();
    String genuine = path(subscriber);
    String old =
        BouncePort.RETURN_PATH.of(
            world.delivery(1, subscriber), BouncePort.NOW.minus(Duration.ofDays(11)));
    String ofAnotherKey =
        new SignedReturnPath("another".getBytes(UTF_8), BouncePort.DOMAIN)
            .of(world.delivery(1, subscriber), BouncePort.NOW);
    List<String> forged =
        List.of(
            old,
            ofAnotherKey,
            genuine.replace(BouncePort.DOMAIN, "example.org"),
            genuine.replace("b.d", "b.e"),
            BouncePort.RETURN_PATH
                .of(world.delivery(2, subscriber), BouncePort.NOW)
                .replaceAll("\\.[a-z2-7]{16}@", "." + genuine.replaceAll(".*\\.|@.*", "") + "@"),
            "postmaster@elsewhere.example",
            "leave@example.com",
            "leave+" + "a".repeat(32) + "@example.com",
            "leave+" + BouncePort.TOKENS.token(Purpose.PREFERENCES, subscriber) + "@example.com");

    for (String address : forged) {
      assertThat(port.send("", address, Mails.dsn("failed", "5.1.1", ""))).startsWith("550");
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
    assertThat(port.left).isEmpty();
    assertThat(port.registry.get("tocsin.mail.ignored").tag("why", "refused").counter().count())
        .isEqualTo(forged.size());
  }

  @Test
  void aComplaintToTheReturnPathUnsubscribes() {
    int subscriber = world.subscriber();

    port.send(
        "fbl@provider.example", path(subscriber), Mails.complaint("abuse", "From: a@b.example"));

    assertThat(world.standing(subscriber)).isEqualTo("unsubscribed");
  }

  @Test
  void aComplaintToThePublicAddressUnsubscribesWhomOnlyWeCanHaveNamed() {
    int byPath = world.subscriber();
    int byLink = world.subscriber();
    int byId = world.subscriber();

    port.send(
        "f@p.example",
        "fbl@" + BouncePort.DOMAIN,
        Mails.complaint("abuse", "Return-Path: <" + path(byPath) + ">\nSubject: Outage"));
    port.send(
        "f@p.example",
        "fbl@" + BouncePort.DOMAIN,
        Mails.complaint(
            "abuse",
            "List-Unsubscribe: <https://n.example.com/u/"
                + BouncePort.TOKENS.token(Purpose.UNSUBSCRIBE, byLink)
                + ">"));
    port.send(
        "f@p.example",
        "fbl@" + BouncePort.DOMAIN,
        Mails.complaint(
            "abuse",
            "Message-ID: <%s@notify.example.com>\nReturn-Path: <b.%s.1.aaaaaaaaaaaaaaaa@%s>"
                .formatted(world.delivery(1, byId), world.delivery(1, byId), BouncePort.DOMAIN)));

    assertThat(world.standing(byPath)).isEqualTo("unsubscribed");
    assertThat(world.standing(byLink)).isEqualTo("unsubscribed");
    assertThat(world.standing(byId)).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-spam", "auth-failure"})
  void aReportThatIsNoComplaintChangesNothing(String type) {
    int subscriber = world.subscriber();

    port.send("f@p.example", path(subscriber), Mails.complaint(type, "From: a@b.example"));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void aConfirmationThatComesBackCanBeConfirmedNoMore() {
    int optIn = world.optIn();
    int notice = world.notice("confirm", optIn);
    String path = BouncePort.RETURN_PATH.of(new DeliveryId(0, notice), BouncePort.NOW);
    String open = "select (expires_at > now())::text from opt_in where id = $1";

    port.send("", path, Mails.dsn("failed", "4.4.7", ""));
    assertThat(world.text(open, optIn)).isEqualTo("true");
    port.send("", path, Mails.dsn("failed", "5.1.1", ""));

    assertThat(world.text(open, optIn)).isEqualTo("false");
  }

  @Test
  void aListWhoseMailIsUnwantedIsAskedAsAWhole() {
    int list = world.subscriber("list");

    port.send("f@p.example", path(list), Mails.complaint("abuse", "From: a@b.example"));

    assertThat(world.standing(list)).isEqualTo("active");
    assertThat(world.text("select kind from notice where subject = $1", list)).isEqualTo("leave");
  }

  @Test
  void whatCannotBeNotedIsTakenLater() {
    int subscriber = world.subscriber();
    port.close();
    Vertx away = Vertx.vertx();
    Pool closed = TestDatabase.fresh(away);
    closed.close().await();
    port = new BouncePort(closed);

    assertThat(port.send("", path(subscriber), Mails.dsn("failed", "5.1.1", ""))).startsWith("451");

    away.close().await();
  }

  @Test
  void whatComesBackMayComeEncryptedUnderTheCertificateOfTheMoment(@TempDir Path folder)
      throws Exception {
    int subscriber = world.subscriber();
    Certificate one = Certificate.of("ip:127.0.0.1", Files.createDirectory(folder.resolve("1")));
    Certificate two = Certificate.of("ip:127.0.0.1", Files.createDirectory(folder.resolve("2")));
    AtomicReference<SSLContext> shown = new AtomicReference<>(one.owner());
    port.close();
    port = new BouncePort(world.pool, shown::get);

    try (SmtpClient relay = startTls()) {
      assertThat(relay.encrypt(one.visitor()).getProtocol()).startsWith("TLSv1.");
      assertThat(relay.command("EHLO relay.example.net")).startsWith("250");
      assertThat(relay.command("MAIL FROM:<>")).startsWith("250");
      assertThat(relay.command("RCPT TO:<" + path(subscriber) + ">")).startsWith("250");
      assertThat(relay.data(Mails.dsn("failed", "5.1.1", "").getBytes(ISO_8859_1)))
          .startsWith("250");
    }
    assertThat(world.standing(subscriber)).isEqualTo("quarantined");

    shown.set(two.owner());
    try (SmtpClient relay = startTls()) {
      assertThatCode(() -> relay.encrypt(two.visitor())).doesNotThrowAnyException();
    }
  }

  private SmtpClient startTls() {
    SmtpClient relay = new SmtpClient(port.number());
    assertThat(relay.command("EHLO relay.example.net")).contains("STARTTLS");
    assertThat(relay.command("STARTTLS")).startsWith("220");
    return relay;
  }

  @Test
  void onePeerHasSoManyConnections() {
    List<SmtpClient> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(new SmtpClient(port.number()));
      assertThat(clients.getLast().command("EHLO relay.example.net")).startsWith("250");
    }

    try (SmtpClient tooMany = new SmtpClient(port.number())) {
      assertThat(tooMany.greeting()).startsWith("4");
    }
    clients.forEach(SmtpClient::close);
  }

  @Test
  void anAbsenceChangesNothing() {
    int subscriber = world.subscriber();
    String mail =
        Mails.plain("jo@example.com", "Out of office", "550 5.1.1 user unknown, I am away");

    port.send("", path(subscriber), Mails.with("Auto-Submitted: auto-replied", mail));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void whoAsksByMailLeavesAndWhatAnswersDoesNot() {
    String address = "leave+" + BouncePort.TOKENS.token(Purpose.UNSUBSCRIBE, 4711) + "@example.com";
    String asks = Mails.plain("jo@example.com", "unsubscribe", "");

    port.send("", address, asks);
    port.send("jo@example.com", address, Mails.with("Auto-Submitted: auto-replied", asks));
    port.send("jo@example.com", address, Mails.dsn("failed", "5.1.1", ""));
    assertThat(port.left).isEmpty();

    assertThat(port.send("jo@example.com", address, asks)).startsWith("250");
    assertThat(port.left).containsExactly(4711);
  }

  @Test
  void oneMailMayBeForSeveral() {
    int one = world.subscriber();
    int two = world.subscriber();
    try (SmtpClient client = new SmtpClient(port.number())) {
      client.command("EHLO relay.example.net");
      client.command("MAIL FROM:<>");
      assertThat(client.command("RCPT TO:<" + path(one) + ">")).startsWith("250");
      assertThat(client.command("RCPT TO:<nobody@" + BouncePort.DOMAIN + ">")).startsWith("550");
      assertThat(client.command("RCPT TO:<" + path(two) + ">")).startsWith("250");
      assertThat(client.data(Mails.octets(Mails.dsn("failed", "5.1.1", "")))).startsWith("250");
    }

    assertThat(world.standing(one)).isEqualTo("quarantined");
    assertThat(world.standing(two)).isEqualTo("quarantined");
  }

  @Test
  void theLargestMailIsAnnouncedAndKept() {
    int subscriber = world.subscriber();
    try (SmtpClient client = new SmtpClient(port.number())) {
      assertThat(client.command("EHLO relay.example.net")).contains("SIZE 10485760");
      assertThat(client.command("MAIL FROM:<> SIZE=50000000")).startsWith("552");
      client.command("MAIL FROM:<>");
      client.command("RCPT TO:<" + path(subscriber) + ">");
      byte[] report = Mails.octets(Mails.dsn("failed", "5.1.1", ""));
      byte[] long_ = new byte[9 << 20];
      java.util.Arrays.fill(long_, (byte) '\n');
      System.arraycopy(report, 0, long_, 0, report.length);
      assertThat(client.data(long_)).startsWith("250");
    }

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  @Test
  void fiftyMegabytesAreCutAndTheNextMailIsTaken() {
    int subscriber = world.subscriber();
    byte[] line = ("x".repeat(998) + "\r\n").getBytes(ISO_8859_1);
    try (SmtpClient client = new SmtpClient(port.number())) {
      client.command("EHLO relay.example.net");
      client.command("MAIL FROM:<>");
      client.command("RCPT TO:<" + path(subscriber) + ">");
      assertThat(client.stream(line, 50_000)).isIn("cut", "552 5.3.4 too big");
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
    assertThat(port.send("", path(subscriber), Mails.dsn("failed", "5.1.1", ""))).startsWith("250");
  }

  @Test
  void hostileMailsNeitherStopTheServerNorChangeAnything() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BounceServerTest seed=" + seed);
    Random random = new Random(seed);
    int subscriber = world.subscriber();
    HostileMails mails = new HostileMails(random);

    for (int i = 0; i < 500; i++) {
      assertThat(port.send("", path(subscriber), mails.next()))
          .matches("(?s)(250|451|5\\d\\d) .*|cut");
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
    assertThat(port.send("", path(subscriber), Mails.dsn("failed", "5.1.1", ""))).startsWith("250");
    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  private String path(int subscriber) {
    DeliveryId delivery = world.delivery(1, subscriber);
    return BouncePort.RETURN_PATH.of(delivery, BouncePort.NOW.minus(Duration.ofDays(2)));
  }
}
