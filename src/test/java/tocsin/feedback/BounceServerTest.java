package tocsin.feedback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
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
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.SignedReturnPath;
import tocsin.channel.email.Certificate;
import tocsin.feedback.mail.Mails;
import tocsin.store.TestDatabase;

/** Mail to the bounce domain over SMTP: what is genuine has its consequences, nothing else any. */
@Timeout(120)
class BounceServerTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final String DOMAIN = "bounces.example.com";
  private static final SignedReturnPath RETURN_PATH =
      new SignedReturnPath("bounce-key".getBytes(UTF_8), DOMAIN);
  private static final LinkTokens TOKENS = new LinkTokens("link-key".getBytes(UTF_8));
  private static final Vertx vertx = Vertx.vertx();
  private static final MailWorld world = new MailWorld(TestDatabase.fresh(vertx));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Integer> left = Collections.synchronizedList(new ArrayList<>());
  private BounceServer server;

  @BeforeAll
  static void updates() {
    world.updates(3);
  }

  @BeforeEach
  void open() {
    server = server(world.pool, null);
  }

  private BounceServer server(Pool pool, @Nullable Supplier<SSLContext> tls) {
    return BounceServer.open(
        "127.0.0.1",
        0,
        "mx.example.com",
        tls,
        new MailHearing(
            new Addressees(
                RETURN_PATH, DOMAIN, "leave@example.com", TOKENS, InstantSource.fixed(NOW)),
            new MailEvents(pool, registry),
            subscriber -> {
              left.add(subscriber);
              return Future.succeededFuture();
            },
            registry));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void aBounceSetsAsideWhomItIsAbout() {
    int subscriber = world.subscriber();

    assertThat(send("", path(subscriber), Mails.dsn("failed", "5.1.1", "smtp; 550 5.1.1 no")))
        .startsWith("250");

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
    assertThat(registry.get("tocsin.bounces").tag("class", "hard").counter().count()).isOne();
  }

  @Test
  void relaysMayShoutTheAddress() {
    int subscriber = world.subscriber();

    send(
        "x@example.net",
        path(subscriber).toUpperCase(java.util.Locale.ROOT),
        Mails.dsn("failed", "5.1.1", ""));

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  @Test
  void whatIsNotAboutUsIsRefusedBeforeItIsSent() {
    int subscriber = world.subscriber();
    String genuine = path(subscriber);
    String old = RETURN_PATH.of(world.delivery(1, subscriber), NOW.minus(Duration.ofDays(11)));
    String ofAnotherKey =
        new SignedReturnPath("another".getBytes(UTF_8), DOMAIN)
            .of(world.delivery(1, subscriber), NOW);
    List<String> forged =
        List.of(
            old,
            ofAnotherKey,
            genuine.replace(DOMAIN, "example.org"),
            genuine.replace("b.d", "b.e"),
            RETURN_PATH
                .of(world.delivery(2, subscriber), NOW)
                .replaceAll("\\.[a-z2-7]{16}@", "." + genuine.replaceAll(".*\\.|@.*", "") + "@"),
            "postmaster@elsewhere.example",
            "leave@example.com",
            "leave+" + "a".repeat(32) + "@example.com",
            "leave+" + TOKENS.token(Purpose.PREFERENCES, subscriber) + "@example.com");

    for (String address : forged) {
      assertThat(send("", address, Mails.dsn("failed", "5.1.1", ""))).startsWith("550");
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
    assertThat(left).isEmpty();
    assertThat(registry.get("tocsin.mail.ignored").tag("why", "refused").counter().count())
        .isEqualTo(forged.size());
  }

  @Test
  void aComplaintToTheReturnPathUnsubscribes() {
    int subscriber = world.subscriber();

    send("fbl@provider.example", path(subscriber), Mails.complaint("abuse", "From: a@b.example"));

    assertThat(world.standing(subscriber)).isEqualTo("unsubscribed");
  }

  @Test
  void aComplaintToThePublicAddressUnsubscribesWhomOnlyWeCanHaveNamed() {
    int byPath = world.subscriber();
    int byLink = world.subscriber();
    int byId = world.subscriber();

    send(
        "f@p.example",
        "fbl@" + DOMAIN,
        Mails.complaint("abuse", "Return-Path: <" + path(byPath) + ">\nSubject: Outage"));
    send(
        "f@p.example",
        "fbl@" + DOMAIN,
        Mails.complaint(
            "abuse",
            "List-Unsubscribe: <https://n.example.com/u/"
                + TOKENS.token(Purpose.UNSUBSCRIBE, byLink)
                + ">"));
    send(
        "f@p.example",
        "fbl@" + DOMAIN,
        Mails.complaint(
            "abuse",
            "Message-ID: <%s@notify.example.com>\nReturn-Path: <b.%s.1.aaaaaaaaaaaaaaaa@%s>"
                .formatted(world.delivery(1, byId), world.delivery(1, byId), DOMAIN)));

    assertThat(world.standing(byPath)).isEqualTo("unsubscribed");
    assertThat(world.standing(byLink)).isEqualTo("unsubscribed");
    assertThat(world.standing(byId)).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-spam", "auth-failure"})
  void aReportThatIsNoComplaintChangesNothing(String type) {
    int subscriber = world.subscriber();

    send("f@p.example", path(subscriber), Mails.complaint(type, "From: a@b.example"));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void aConfirmationThatComesBackCanBeConfirmedNoMore() {
    int optIn = world.optIn();
    int notice = world.notice("confirm", optIn);
    String path = RETURN_PATH.of(new DeliveryId(0, notice), NOW);
    String open = "select (expires_at > now())::text from opt_in where id = $1";

    send("", path, Mails.dsn("failed", "4.4.7", ""));
    assertThat(world.text(open, optIn)).isEqualTo("true");
    send("", path, Mails.dsn("failed", "5.1.1", ""));

    assertThat(world.text(open, optIn)).isEqualTo("false");
  }

  @Test
  void aListWhoseMailIsUnwantedIsAskedAsAWhole() {
    int list = world.subscriber("list");

    send("f@p.example", path(list), Mails.complaint("abuse", "From: a@b.example"));

    assertThat(world.standing(list)).isEqualTo("active");
    assertThat(world.text("select kind from notice where subject = $1", list)).isEqualTo("leave");
  }

  @Test
  void whatCannotBeNotedIsTakenLater() {
    int subscriber = world.subscriber();
    server.close();
    Vertx away = Vertx.vertx();
    Pool closed = TestDatabase.fresh(away);
    closed.close().await();
    server = server(closed, null);

    assertThat(send("", path(subscriber), Mails.dsn("failed", "5.1.1", ""))).startsWith("451");

    away.close().await();
  }

  @Test
  void whatComesBackMayComeEncryptedUnderTheCertificateOfTheMoment(@TempDir Path folder)
      throws Exception {
    int subscriber = world.subscriber();
    Certificate one = Certificate.of("ip:127.0.0.1", Files.createDirectory(folder.resolve("1")));
    Certificate two = Certificate.of("ip:127.0.0.1", Files.createDirectory(folder.resolve("2")));
    AtomicReference<SSLContext> shown = new AtomicReference<>(one.owner());
    server.close();
    server = server(world.pool, shown::get);

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
    SmtpClient relay = new SmtpClient(server.port());
    assertThat(relay.command("EHLO relay.example.net")).contains("STARTTLS");
    assertThat(relay.command("STARTTLS")).startsWith("220");
    return relay;
  }

  @Test
  void onePeerHasSoManyConnections() {
    List<SmtpClient> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(new SmtpClient(server.port()));
      assertThat(clients.getLast().command("EHLO relay.example.net")).startsWith("250");
    }

    try (SmtpClient tooMany = new SmtpClient(server.port())) {
      assertThat(tooMany.greeting()).startsWith("4");
    }
    clients.forEach(SmtpClient::close);
  }

  @Test
  void anAbsenceChangesNothing() {
    int subscriber = world.subscriber();
    String mail =
        Mails.plain("jo@example.com", "Out of office", "550 5.1.1 user unknown, I am away");

    send("", path(subscriber), Mails.with("Auto-Submitted: auto-replied", mail));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void whoAsksByMailLeavesAndWhatAnswersDoesNot() {
    String address = "leave+" + TOKENS.token(Purpose.UNSUBSCRIBE, 4711) + "@example.com";
    String asks = Mails.plain("jo@example.com", "unsubscribe", "");

    send("", address, asks);
    send("jo@example.com", address, Mails.with("Auto-Submitted: auto-replied", asks));
    send("jo@example.com", address, Mails.dsn("failed", "5.1.1", ""));
    assertThat(left).isEmpty();

    assertThat(send("jo@example.com", address, asks)).startsWith("250");
    assertThat(left).containsExactly(4711);
  }

  @Test
  void oneMailMayBeForSeveral() {
    int one = world.subscriber();
    int two = world.subscriber();
    try (SmtpClient client = new SmtpClient(server.port())) {
      client.command("EHLO relay.example.net");
      client.command("MAIL FROM:<>");
      assertThat(client.command("RCPT TO:<" + path(one) + ">")).startsWith("250");
      assertThat(client.command("RCPT TO:<nobody@" + DOMAIN + ">")).startsWith("550");
      assertThat(client.command("RCPT TO:<" + path(two) + ">")).startsWith("250");
      assertThat(client.data(Mails.octets(Mails.dsn("failed", "5.1.1", "")))).startsWith("250");
    }

    assertThat(world.standing(one)).isEqualTo("quarantined");
    assertThat(world.standing(two)).isEqualTo("quarantined");
  }

  @Test
  void theLargestMailIsAnnouncedAndKept() {
    int subscriber = world.subscriber();
    try (SmtpClient client = new SmtpClient(server.port())) {
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
    try (SmtpClient client = new SmtpClient(server.port())) {
      client.command("EHLO relay.example.net");
      client.command("MAIL FROM:<>");
      client.command("RCPT TO:<" + path(subscriber) + ">");
      assertThat(client.stream(line, 50_000)).isIn("cut", "552 5.3.4 too big");
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
    assertThat(send("", path(subscriber), Mails.dsn("failed", "5.1.1", ""))).startsWith("250");
  }

  @Test
  void hostileMailsNeitherStopTheServerNorChangeAnything() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BounceServerTest seed=" + seed);
    Random random = new Random(seed);
    int subscriber = world.subscriber();
    HostileMails mails = new HostileMails(random);

    for (int i = 0; i < 500; i++) {
      assertThat(send("", path(subscriber), mails.next())).matches("(?s)(250|451|5\\d\\d) .*|cut");
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
    assertThat(send("", path(subscriber), Mails.dsn("failed", "5.1.1", ""))).startsWith("250");
    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  private String path(int subscriber) {
    DeliveryId delivery = world.delivery(1, subscriber);
    return RETURN_PATH.of(delivery, NOW.minus(Duration.ofDays(2)));
  }

  /** The answer to the whole mail, or the first refusal. */
  private String send(String sender, String recipient, String mail) {
    return send(sender, recipient, Mails.octets(mail));
  }

  private String send(String sender, String recipient, byte[] mail) {
    try (SmtpClient client = new SmtpClient(server.port())) {
      client.command("EHLO relay.example.net");
      client.command("MAIL FROM:<" + sender + ">");
      String taken = client.command("RCPT TO:<" + recipient + ">");
      return taken.startsWith("250") ? client.data(mail) : taken;
    }
  }
}
