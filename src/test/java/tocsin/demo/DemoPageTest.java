package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;
import tocsin.audience.Subscription;
import tocsin.delivery.Account;

class DemoPageTest {
  private final Vertx vertx = Vertx.vertx();
  private final Arrivals arrivals =
      new Arrivals(InstantSource.system(), words -> new Telling(1, "en"));
  private final Chronicle chronicle = new Chronicle();
  private final int port = serve();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void pageIsThereBeforeAnythingHappens() throws Exception {
    assertThat(get("/demo").body()).contains("Nothing has been sent yet", "The replay is running");
  }

  @Test
  void textIsShownAsTheRecipientSeesItAndNeverAsMarkup() throws Exception {
    play();
    arrivals.record(
        Channel.SMS,
        "+15555550100",
        "SM1",
        true,
        new Content.Sms("+15005550006", "<script>alert(1)</script>", null));

    String page = get("/demo?update=1&channel=sms").body();

    assertThat(page).contains("&lt;script&gt;", "1 segment").doesNotContain("<script>");
  }

  @Test
  void webhookShowsWhetherItsSignatureWasVerified() throws Exception {
    play();
    Content event = new Content.Event("1768473000", "v1,abc", "{\"sequence\": 4}");
    arrivals.record(Channel.WEBHOOK, "http://127.0.0.1:1/good", "d1_1", true, event);
    arrivals.record(Channel.WEBHOOK, "http://127.0.0.1:1/poor", "d1_2", false, event);

    assertThat(get("/demo?channel=webhook&show=0").body())
        .contains("Signature verified", "<span class=\"word\">4</span>");
    assertThat(get("/demo?channel=webhook&show=1").body()).contains("The signature is not right");
  }

  @Test
  void mailIsShownInASandboxWithoutScripts() throws Exception {
    play();
    arrivals.record(
        Channel.EMAIL,
        "ana@example.com",
        "<m1>",
        true,
        new Content.Mail(Map.of("To", "ana@example.com"), "Subject", "text", "<p>html</p>"));

    assertThat(get("/demo").body())
        .contains("src=\"/demo/mail/0\" sandbox", "messages. All 0 subscribers left in peace.");
    HttpResponse<String> mail = get("/demo/mail/0");
    assertThat(mail.body()).isEqualTo("<p>html</p>");
    assertThat(mail.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox; default-src 'none'")
        .doesNotContain("script");
  }

  @Test
  void mailThatNeverArrivedIsNotFound() throws Exception {
    assertThat(get("/demo/mail/7").statusCode()).isEqualTo(404);
    assertThat(get("/demo/mail/x").statusCode()).isEqualTo(404);
    assertThat(get("/demo/mail/99999999999").statusCode()).isEqualTo(404);
  }

  @Test
  void differencesAreNotHidden() throws Exception {
    play();
    Difference missing = new Difference(Difference.Kind.MISSING, 1, Channel.EMAIL, "ana");
    chronicle.end(new Verdict(1, List.of(missing)));

    assertThat(get("/demo").body()).contains("1 difference<", "missing", "ana");
  }

  private void play() {
    DemoWorld world =
        TinyWorld.of(List.of(TinyWorld.person("ana", TinyWorld.NORTH, Subscription.ALL)), Map.of());
    chronicle.begin(world);
    Account one = new Account(1, 1, 0, 0, 0, 0, null, null);
    Instant accepted = Instant.parse("2026-01-15T10:30:00Z");
    chronicle.played(
        new Played(
            1,
            TinyWorld.recording("identified major").steps().getFirst(),
            null,
            new Reckoning(
                "done",
                Map.of(Channel.EMAIL, one),
                accepted,
                accepted.plusMillis(20),
                accepted.plusMillis(1_500))));
  }

  private int serve() {
    Router router = Router.router(vertx);
    new DemoPage(arrivals, chronicle).mount(router);
    HttpServer server =
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
    return server.actualPort();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
