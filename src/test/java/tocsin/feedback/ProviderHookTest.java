package tocsin.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.feedback.provider.MailgunEvents;
import tocsin.feedback.provider.SendGridEvents;
import tocsin.feedback.provider.SesEvents;
import tocsin.feedback.provider.SpentTokens;
import tocsin.store.TestDatabase;

/** What providers report has its consequences where their signature is good, and nowhere else. */
class ProviderHookTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Vertx vertx = Vertx.vertx();
  private static final MailWorld world = new MailWorld(TestDatabase.fresh(vertx));
  private static final List<Integer> left = Collections.synchronizedList(new ArrayList<>());
  private static final FakeSns sns = new FakeSns(NOW);
  private static final SignedPosts sendgrid = SignedPosts.sendGrid();
  private static HookClient client;

  @BeforeAll
  static void listen() {
    world.updates(6);
    Router router = Router.router(vertx);
    MailEvents events = new MailEvents(world.pool, new SimpleMeterRegistry());
    Holders holders = new Holders(world.pool);
    for (var provider :
        List.of(
            new SesEvents(List.of(FakeSns.TOPIC), sns, CLOCK),
            new SendGridEvents(sendgrid.publicKey(), CLOCK),
            new MailgunEvents("key-test", new SpentTokens(world.pool), CLOCK))) {
      new ProviderHook(
              provider,
              MailSource.valueOf(provider.word().toUpperCase(java.util.Locale.ROOT)),
              events,
              holders,
              subscriber -> {
                left.add(subscriber);
                return io.vertx.core.Future.succeededFuture();
              })
          .mount(router);
    }
    int port =
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await().actualPort();
    client = new HookClient(URI.create("http://127.0.0.1:" + port + "/hooks/email/"));
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Permanent    | General         | 5.1.1 | smtp; 550 5.1.1 user unknown  | hard
          Permanent    | General         |       |                               | hard
          Permanent    | Suppressed      |       |                               | hard
          Transient    | General         | 5.4.4 | unable to route               | hard
          Transient    | MailboxFull     |       |                               | soft
          Transient    | General         | 4.4.7 | smtp; 550 4.4.7 expired       | soft
          Transient    | MessageTooLarge |       |                               | content
          Transient    | ContentRejected | 5.7.1 | smtp; 550 5.7.1 spam          | policy
          Undetermined | Undetermined    |       |                               | unknown
          Permanent    | General         | 5.7.26| smtp; 550 5.7.26 not signed   | policy
          """)
  void sesReportsBounces(String type, String subType, String status, String said, String it) {
    int subscriber = world.subscriber();
    JsonObject recipient = new JsonObject().put("emailAddress", "jo@example.com");
    if (status != null) {
      recipient.put("status", status);
    }
    if (said != null) {
      recipient.put("diagnosticCode", said);
    }
    JsonObject bounce =
        new JsonObject()
            .put("bounceType", type)
            .put("bounceSubType", subType)
            .put("bouncedRecipients", new JsonArray().add(recipient));

    assertThat(ses(subscriber, new JsonObject().put("eventType", "Bounce").put("bounce", bounce)))
        .isEqualTo(204);

    assertThat(bounceClass(subscriber)).isEqualTo(it);
  }

  @Test
  void sesReportsAbsencesAsBouncesWithoutAReason() {
    int subscriber = world.subscriber();
    JsonObject bounce =
        new JsonObject()
            .put("bounceType", "Transient")
            .put("bounceSubType", "General")
            .put("bouncedRecipients", new JsonArray().add(new JsonObject()));

    ses(subscriber, new JsonObject().put("notificationType", "Bounce").put("bounce", bounce));

    assertThat(bounces(subscriber)).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"abuse,unsubscribed", "not-spam,active", "auth-failure,active", ",unsubscribed"})
  void sesReportsComplaints(String type, String standing) {
    int subscriber = world.subscriber();
    JsonObject complaint = new JsonObject().put("complaintFeedbackType", type);

    ses(
        subscriber,
        new JsonObject().put("notificationType", "Complaint").put("complaint", complaint));

    assertThat(world.standing(subscriber)).isEqualTo(standing);
  }

  @Test
  void aTopicOfOursIsConfirmedAtSnsItself() {
    String good =
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn="
            + FakeSns.TOPIC
            + "&Token=abc";

    assertThat(client.post("ses", sns.subscription(good))).isEqualTo(204);
    assertThat(sns.confirmed()).containsExactly(good);

    for (String bad :
        List.of(
            good.replace("https", "http"),
            good.replace("amazonaws.com", "amazonaws.com.evil.example"),
            good.replace("eu-west-1", "us-east-1"),
            "https://evil.example/?x=" + good,
            good.replace("ConfirmSubscription", "DeleteTopic"))) {
      assertThat(client.post("ses", sns.subscription(bad))).isEqualTo(403);
    }
    assertThat(sns.confirmed()).containsExactly(good);
  }

  @Test
  void whatIsNotSignedBySnsForOurTopicIsRefused() {
    int subscriber = world.subscriber();
    String complaint =
        message(subscriber)
            .put("notificationType", "Complaint")
            .put("complaint", new JsonObject())
            .encode();
    JsonObject good = sns.notification(complaint, "2");
    List<JsonObject> bad =
        List.of(
            good.copy().put("Message", complaint + " "),
            good.copy().put("Signature", "AAAA"),
            good.copy().put("Signature", "not base64"),
            good.copy().put("SignatureVersion", "3"),
            good.copy().put("TopicArn", FakeSns.TOPIC + "x"),
            good.copy().put("Timestamp", "2026-11-01T10:00:00Z"),
            good.copy()
                .put("SigningCertURL", "https://evil.example/SimpleNotificationService-a.pem"),
            good.copy()
                .put(
                    "SigningCertURL",
                    "https://sns.eu-west-1.amazonaws.com.evil.example/"
                        + "SimpleNotificationService-a.pem"),
            good.copy()
                .put(
                    "SigningCertURL",
                    "http://sns.eu-west-1.amazonaws.com/" + "SimpleNotificationService-a.pem"),
            sns.signedByAnother(complaint));

    for (JsonObject forged : bad) {
      assertThat(client.post("ses", forged.encode())).isEqualTo(403);
    }
    assertThat(world.standing(subscriber)).isEqualTo("active");

    assertThat(client.post("ses", sns.notification(complaint, "1").encode())).isEqualTo(204);
    assertThat(world.standing(subscriber)).isEqualTo("unsubscribed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bounce  | 5.1.1 | 550 5.1.1 user unknown     | bounce  |                     | hard
          bounce  |       | 550 mailbox full           | bounce  |                     | soft
          bounce  | 5.0.0 | no                         | bounce  | Invalid Address     | hard
          bounce  | 5.0.0 | no                         | bounce  | Technical           | soft
          bounce  | 5.0.0 | no                         | bounce  | Content             | content
          bounce  | 5.1.1 | 550 5.1.1 user unknown     | blocked |                     | policy
          bounce  | 5.7.1 | 550 5.7.1 refused          | blocked | Reputation          | policy
          dropped |       | Bounced Address            |         |                     | hard
          """)
  void sendGridReportsBounces(
      String event, String status, String reason, String type, String classification, String it) {
    int subscriber = world.subscriber();
    JsonObject body =
        new JsonObject()
            .put("event", event)
            .put("smtp-id", "<" + world.delivery(1, subscriber) + "@example.com>")
            .put("status", status)
            .put("reason", reason)
            .put("type", type)
            .put("bounce_classification", classification);

    assertThat(sendGrid(new JsonArray().add(body).encode())).isEqualTo(204);

    assertThat(bounceClass(subscriber)).isEqualTo(it);
  }

  @Test
  void sendGridReportsWhoWantsNoMoreByTheirAddress() {
    int spam = world.subscriber();
    int leaves = world.subscriber();
    String addressOf = "select address from subscriber where id = $1";
    JsonArray events =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("event", "spamreport")
                    .put("email", world.text(addressOf, spam)))
            .add(
                new JsonObject()
                    .put("event", "unsubscribe")
                    .put("email", world.text(addressOf, leaves)))
            .add(new JsonObject().put("event", "spamreport").put("email", "nobody@example.org"))
            .add(new JsonObject().put("event", "deferred"))
            .add(7);

    assertThat(sendGrid(events.encode())).isEqualTo(204);

    assertThat(world.standing(spam)).isEqualTo("unsubscribed");
    assertThat(left).contains(leaves);
  }

  @Test
  void whatSendGridHasNotSignedIsRefused() {
    int subscriber = world.subscriber();
    String body = complaint(subscriber);
    String now = String.valueOf(NOW.getEpochSecond());
    String old = String.valueOf(NOW.getEpochSecond() - 3_600);

    assertThat(client.sendGrid(body, now, sendgrid.sign(now + body + " "))).isEqualTo(403);
    assertThat(client.sendGrid(body, now, SignedPosts.sendGrid().sign(now + body))).isEqualTo(403);
    assertThat(client.sendGrid(body, old, sendgrid.sign(old + body))).isEqualTo(403);
    assertThat(client.sendGrid(body, "", "")).isEqualTo(403);
    assertThat(client.post("sendgrid", body)).isEqualTo(403);

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permanent | 550 | 5.1.1 user unknown | bounce          | hard
          permanent | 605 |                    | suppress-bounce | hard
          permanent | 552 | mailbox full       | generic         | soft
          permanent | 550 | 5.7.1 spam         | generic         | policy
          permanent | 602 |                    | old             | soft
          """)
  void mailgunReportsBounces(String severity, int code, String said, String reason, String it) {
    int subscriber = world.subscriber();

    assertThat(client.post("mailgun", mailgun(failed(subscriber, severity, code, said, reason))))
        .isEqualTo(204);

    assertThat(bounceClass(subscriber)).isEqualTo(it);
  }

  @Test
  void whatMailgunTriesAgainIsNothing() {
    int subscriber = world.subscriber();

    client.post("mailgun", mailgun(failed(subscriber, "temporary", 550, "5.1.1 no", "generic")));

    assertThat(bounces(subscriber)).isEqualTo("0");
  }

  @Test
  void mailgunReportsWhoWantsNoMore() {
    int spam = world.subscriber();
    int leaves = world.subscriber();

    client.post("mailgun", mailgun(about(spam).put("event", "complained")));
    client.post("mailgun", mailgun(about(leaves).put("event", "unsubscribed")));

    assertThat(world.standing(spam)).isEqualTo("unsubscribed");
    assertThat(left).contains(leaves);
  }

  @Test
  void aTokenOfMailgunsIsGoodForOneEvent() {
    int seen = world.subscriber();
    int victim = world.subscriber();
    String first = mailgun(about(seen).put("event", "complained"));
    JsonObject forged =
        new JsonObject(first).put("event-data", about(victim).put("event", "complained"));

    assertThat(client.post("mailgun", first)).isEqualTo(204);
    assertThat(client.post("mailgun", first)).isEqualTo(204);
    assertThat(client.post("mailgun", forged.encode())).isEqualTo(403);

    assertThat(world.standing(victim)).isEqualTo("active");
  }

  @Test
  void whatMailgunHasNotSignedIsRefused() {
    int subscriber = world.subscriber();
    JsonObject good = new JsonObject(mailgun(about(subscriber).put("event", "complained")));
    JsonObject signature = good.getJsonObject("signature");
    String old = String.valueOf(NOW.getEpochSecond() - 100_000);

    for (JsonObject bad :
        List.of(
            signature.copy().put("token", "b".repeat(50)),
            signature.copy().put("timestamp", "1793613601"),
            signature.copy().put("signature", "00"),
            signature
                .copy()
                .put("timestamp", old)
                .put("signature", SignedPosts.hmac("key-test", old + signature.getString("token"))),
            new JsonObject())) {
      assertThat(client.post("mailgun", good.copy().put("signature", bad).encode())).isEqualTo(403);
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void mailgunSignsAsDocumented() {
    assertThat(SignedPosts.hmac("key-test", "1768473000" + "a".repeat(50)))
        .isEqualTo("8030d1102c344befc24b091d2393e619eb295bf168278b2812905d89eeac22a8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ses", "sendgrid", "mailgun"})
  void hostileBodiesAreRefusedAndChangeNothing(String provider) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ProviderHookTest seed=" + seed);
    Random random = new Random(seed);
    int subscriber = world.subscriber();
    HostileJson bodies = new HostileJson(random, complaint(subscriber));

    for (int i = 0; i < 500; i++) {
      assertThat(client.post(provider, bodies.next())).isIn(403, 413);
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void signedNonsenseIsPassedOver() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ProviderHookTest seed=" + seed);
    HostileJson bodies = new HostileJson(new Random(seed), "[{\"event\": \"bounce\"}]");

    for (int i = 0; i < 200; i++) {
      String body = bodies.next();
      assertThat(sendGrid(body)).isIn(204, 413);
      assertThat(client.post("ses", sns.notification(body, "2").encode())).isIn(204, 413);
    }
  }

  private static int ses(int subscriber, JsonObject kind) {
    return client.post(
        "ses", sns.notification(message(subscriber).mergeIn(kind).encode(), "2").encode());
  }

  private static JsonObject message(int subscriber) {
    String id = "<" + world.delivery(1, subscriber) + "@example.com>";
    return new JsonObject()
        .put("mail", new JsonObject().put("commonHeaders", new JsonObject().put("messageId", id)));
  }

  private static int sendGrid(String body) {
    String now = String.valueOf(NOW.getEpochSecond());
    return client.sendGrid(body, now, sendgrid.sign(now + body));
  }

  private static String complaint(int subscriber) {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("event", "spamreport")
                .put("smtp-id", "<" + world.delivery(1, subscriber) + "@example.com>"))
        .encode();
  }

  private static JsonObject about(int subscriber) {
    return new JsonObject()
        .put(
            "message",
            new JsonObject()
                .put(
                    "headers",
                    new JsonObject()
                        .put("message-id", world.delivery(1, subscriber) + "@example.com")));
  }

  private static JsonObject failed(
      int subscriber, String severity, int code, String said, String reason) {
    return about(subscriber)
        .put("event", "failed")
        .put("severity", severity)
        .put("reason", reason)
        .put("delivery-status", new JsonObject().put("code", code).put("message", said));
  }

  private static String mailgun(JsonObject event) {
    String timestamp = String.valueOf(NOW.getEpochSecond());
    String token = java.util.UUID.nameUUIDFromBytes(event.encode().getBytes(UTF_8)).toString();
    return new JsonObject()
        .put(
            "signature",
            new JsonObject()
                .put("timestamp", timestamp)
                .put("token", token)
                .put("signature", SignedPosts.hmac("key-test", timestamp + token)))
        .put("event-data", event)
        .encode();
  }

  private static String bounceClass(int subscriber) {
    return world.text("select class from bounce where subscriber = $1", subscriber);
  }

  private static String bounces(int subscriber) {
    return world.text("select count(*)::text from bounce where subscriber = $1", subscriber);
  }
}
