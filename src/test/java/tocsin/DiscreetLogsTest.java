package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tocsin.store.Answer;

/** Whatever is logged, at the finest level too, names no person and no secret. */
class DiscreetLogsTest {
  private static final String KEY = "whsec_" + "c2VjcmV0IG9mIGFuIGVuZHBvaW50IGhlcmU=";
  private static final String TOKEN = "f7a3b1".repeat(5);
  private static final String MAIL = "margarete.musterfrau";
  private static final String VISITOR = "valentin.visitor";
  private static final String IMPORTED = "ida.imported";
  private static final String NUMBER = "15123456789";

  private final Logged logged = new Logged();
  private final GreenMail mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
  private final Vertx vertx = Vertx.vertx();
  private final Logger ours = (Logger) LoggerFactory.getLogger("tocsin");
  private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private EndpointWorld world;

  @BeforeEach
  void start() {
    mailbox.start();
    HttpServer twilio =
        Answer.of(
            vertx
                .createHttpServer()
                .requestHandler(request ->
                    request
                        .response()
                        .setStatusCode(400)
                        .end(
                            """
                            {"code": 21211, "message": "+49%s is not a number"}\
                            """
                                .formatted(NUMBER)))
                .listen(0, "127.0.0.1"));
    logged.start();
    all.addAppender(logged);
    ours.setLevel(Level.TRACE);
    world =
        new EndpointWorld(
            Map.of(
                "TOCSIN_SMTP_HOST",
                "127.0.0.1",
                "TOCSIN_SMTP_PORT",
                Integer.toString(mailbox.getSmtp().getPort()),
                "TOCSIN_SMTP_STARTTLS",
                "off",
                "TOCSIN_MAIL_FROM",
                "status@example.com",
                "TOCSIN_TWILIO_ACCOUNT_SID",
                "AC" + "a".repeat(32),
                "TOCSIN_TWILIO_AUTH_TOKEN",
                TOKEN,
                "TOCSIN_TWILIO_FROM",
                "+4915700000000",
                "TOCSIN_TWILIO_BASE_URL",
                "http://127.0.0.1:" + twilio.actualPort()));
  }

  @AfterEach
  void stop() {
    world.close();
    all.detachAppender(logged);
    ours.setLevel(null);
    mailbox.stop();
    Answer.of(vertx.close());
  }

  @Test
  void noLineOfTheLogHasAnAddressATokenOrASecret() throws Exception {
    world.answers(500);
    int hook = world.subscribed("secret", KEY, "address", "http://127.0.0.1:1/hook?token=" + TOKEN);
    int person = subscribed("email", MAIL + "@example.org");
    int phone = subscribed("sms", "+49" + NUMBER);
    world.call(
        "POST", "/v1/subscribers", "{\"channel\": \"email\", \"address\": \"" + MAIL + "\"}");
    world.call(
        "POST", "/v1/subscribers/import", "application/x-ndjson", line(IMPORTED + "@example.org"));
    world.call("POST", "/v1/opt-ins", optIn(VISITOR + "@example.org"));
    String confirm = token("/confirm/", VISITOR);
    world.call("POST", "/confirm/" + confirm, "application/x-www-form-urlencoded", "");
    world.call("POST", "/confirm/" + TOKEN, "application/x-www-form-urlencoded", "");
    world.call("GET", "/v1/subscribers?address=" + MAIL + "@example.org", null);
    world.call("POST", "/hooks/sendgrid", "[{\"email\": \"" + MAIL + "@example.org\"}]");
    world.call(
        "POST",
        "/hooks/twilio/inbound",
        "application/x-www-form-urlencoded",
        "From=%2B49" + NUMBER + "&Body=STOP");

    world.published("web-down", "investigating");
    String leave = token("/u/", MAIL);
    Awaitility.await().until(() -> failed() >= 1);
    world.call(
        "POST", "/u/" + leave, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
    world.call("GET", "/v1/subscribers/" + person + "/export", null);
    for (int subscriber : List.of(hook, person, phone)) {
      world.call("DELETE", "/v1/subscribers/" + subscriber, null);
    }

    assertThat(logged.lines).as("what was heard").hasSizeGreaterThan(5);
    assertThat(
            Stream.of(
                    MAIL,
                    VISITOR,
                    IMPORTED,
                    NUMBER,
                    KEY.substring(6),
                    TOKEN,
                    confirm,
                    leave,
                    "the-admin-key-of-the-tests")
                .flatMap(secret -> logged.lines.stream().filter(line -> line.contains(secret))))
        .isEmpty();
  }

  private int subscribed(String channel, String address) {
    JsonObject subscriber = new JsonObject().put("channel", channel).put("address", address);
    return EndpointWorld.json(world.call("POST", "/v1/subscribers", subscriber.encode()))
        .getInteger("id");
  }

  private int failed() {
    return EndpointWorld.json(world.call("GET", "/v1/incidents/web-down/updates/1", null))
        .getJsonObject("deliveries")
        .getJsonObject("sms")
        .getInteger("failed");
  }

  private static String line(String address) {
    return new JsonObject().put("channel", "email").put("address", address).encode() + "\n";
  }

  private static String optIn(String address) {
    return new JsonObject()
        .put("channel", "email")
        .put("address", address)
        .put("subscriptions", new JsonArray().add(new JsonObject()))
        .encode();
  }

  /** Of the link in the first mail to whom it is. */
  private String token(String path, String to) throws Exception {
    Pattern link = Pattern.compile(Pattern.quote(path) + "([a-z2-7]{32})");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !find(link, to).isEmpty());
    return find(link, to);
  }

  private String find(Pattern link, String to) throws Exception {
    for (var mail : mailbox.getReceivedMessages()) {
      if (mail.getAllRecipients()[0].toString().contains(to)) {
        var text = ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent().toString();
        Matcher found = link.matcher(mail.getHeader("List-Unsubscribe", ",") + text);
        return found.find() ? found.group(1) : "";
      }
    }
    return "";
  }

  private static final class Logged extends AppenderBase<ILoggingEvent> {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLoggerName().startsWith("com.icegreen")) {
        return;
      }
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getLoggerName() + ' ' + event.getFormattedMessage() + ' ' + thrown);
    }
  }
}
