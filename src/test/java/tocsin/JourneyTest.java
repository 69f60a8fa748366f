package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.pages.Chromium;
import tocsin.pages.Chromium.Scheme;

/** A person with a browser and a mailbox, from the first visit to the last mail. */
class JourneyTest {
  private final GreenMail mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
  private EndpointWorld world;
  private Chromium browser;
  private String site;

  @BeforeEach
  void start() throws IOException {
    browser = Chromium.start();
    mailbox.start();
    int port = Loopback.freePort();
    site = "http://127.0.0.1:" + port;
    world =
        new EndpointWorld(
            Map.of(
                "TOCSIN_HTTP_PORT",
                Integer.toString(port),
                "TOCSIN_PUBLIC_URL",
                site,
                "TOCSIN_SMTP_HOST",
                "127.0.0.1",
                "TOCSIN_SMTP_PORT",
                Integer.toString(mailbox.getSmtp().getPort()),
                "TOCSIN_SMTP_STARTTLS",
                "off",
                "TOCSIN_MAIL_FROM",
                "Acme Status <status@example.com>"));
    world.call("PUT", "/v1/components/web", "{\"name\": \"Web\"}");
    world.call("PUT", "/v1/components/api", "{\"name\": \"Public API\"}");
    world.call("PUT", "/v1/regions/emea", "{\"name\": \"Europe\"}");
    world.call("PUT", "/v1/regions/north-america", "{\"name\": \"North America\"}");
  }

  @AfterEach
  void stop() {
    if (world != null) {
      world.close();
    }
    mailbox.stop();
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void somebodySubscribesIsToldChoosesAndLeaves() throws Exception {
    browser.looks(390, Scheme.LIGHT).reads("en-GB", "Europe/Berlin").open(site + "/subscribe");
    picture("subscribe");
    browser.follow("button[type=submit]");
    assertThat(browser.text()).contains("Please look at these again", "Tick this box");
    picture("subscribe-wrong");
    browser.find("#email").sendKeys("ann@example.org");
    browser.find("input[name=consent]").click();
    browser.follow("button[type=submit]");
    assertThat(browser.text()).contains("Look into your mailbox");
    picture("subscribe-sent");

    browser.open(link(mail(1), "/confirm/"));
    picture("confirm");
    assertThat(subscribers()).isEmpty();
    browser.follow("form button");
    assertThat(browser.text()).contains("You are subscribed");
    picture("confirmed");
    assertThat(subscribers()).hasSize(1);
    assertThat(subscribers().getJsonObject(0).getString("timeZone")).isEqualTo("Europe/Berlin");

    publish("late-reports", "emea");
    MimeMessage told = mail(2);
    assertThat(told.getSubject()).contains("late-reports");

    browser.open(link(told, "/preferences/"));
    picture("preferences");
    browser.find("details:has([value='*:north-america']) summary").click();
    browser.find("input[value='*:north-america']").click();
    browser.follow("form button[type=submit]");
    picture("preferences-saved");
    publish("elsewhere", "emea");
    assertThat(audience("elsewhere")).isZero();
    publish("here", "north-america");
    mail(3);

    leave(told);
    publish("after-all", "north-america");

    assertThat(audience("after-all")).isZero();
    assertThat(mailbox.getReceivedMessages()).hasSize(3);
  }

  /** As mail programs do, without a page (RFC 8058). */
  private void leave(MimeMessage mail) throws Exception {
    Matcher link =
        Pattern.compile("<(http[^>]+)>").matcher(mail.getHeader("List-Unsubscribe", null));
    assertThat(link.find()).isTrue();
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(link.group(1)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private void publish(String incident, String region) {
    JsonObject update =
        new JsonObject()
            .put("status", "investigating")
            .put("impact", "major")
            .put("body", "We are on it.")
            .put(
                "affects",
                new JsonArray()
                    .add(new JsonObject().put("component", "web").put("region", region)));
    world.call(
        "POST",
        "/v1/incidents",
        new JsonObject().put("id", incident).put("title", incident).put("update", update).encode());
    Awaitility.await().until(() -> account(incident).getString("progress").equals("done"));
  }

  private int audience(String incident) {
    return account(incident)
        .getJsonObject("deliveries")
        .getJsonObject("email", new JsonObject().put("audience", 0))
        .getInteger("audience");
  }

  private JsonObject account(String incident) {
    return EndpointWorld.json(world.call("GET", "/v1/incidents/" + incident + "/updates/1", null));
  }

  private JsonArray subscribers() {
    return EndpointWorld.json(world.call("GET", "/v1/subscribers", null))
        .getJsonArray("subscribers");
  }

  private MimeMessage mail(int number) {
    assertThat(mailbox.waitForIncomingEmail(Duration.ofSeconds(20).toMillis(), number)).isTrue();
    return mailbox.getReceivedMessages()[number - 1];
  }

  private String link(MimeMessage mail, String path) throws MessagingException, IOException {
    String text = ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent().toString();
    Matcher link = Pattern.compile(Pattern.quote(site + path) + "[a-z2-7]{32}").matcher(text);
    assertThat(link.find()).as(text).isTrue();
    return link.group();
  }

  private void picture(String name) throws IOException {
    String folder = System.getProperty("pictures", "");
    if (!folder.isEmpty()) {
      browser.picture(Path.of(folder, "journey-" + name + ".png"));
    }
  }
}
