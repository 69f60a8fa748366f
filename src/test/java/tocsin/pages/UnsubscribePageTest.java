package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.audience.Standing.ACTIVE;
import static tocsin.audience.Standing.UNSUBSCRIBED;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.api.ClientAddress;
import tocsin.api.TestGateway;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.Standing;
import tocsin.selfservice.Leaving;

/** Whoever has the link leaves by a POST, and by nothing else. */
class UnsubscribePageTest {
  private static final LinkTokens tokens = new LinkTokens("a key".getBytes(UTF_8));
  private static final TestGateway gateway =
      new TestGateway(it ->
          List.of(
              new UnsubscribePage(
                      tokens, new Leaving(it.pool), new ClientAddress(List.of()), TestSite.ACME)
                  ::mount));
  private static final String BOUNDARY = "----part";

  private static int number;
  private int subscriber;
  private String path;

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void subscribe() {
    HttpResponse<String> created =
        gateway.call(
            "POST",
            "/v1/subscribers",
            "{\"channel\": \"email\", \"address\": \"u%d@example.com\"}".formatted(++number));
    String location = created.headers().firstValue("Location").orElseThrow();
    subscriber = Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    path = "/u/" + tokens.token(Purpose.UNSUBSCRIBE, subscriber);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void lookingChangesNothing(String method) {
    HttpResponse<String> response = get(method, path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(standing()).isEqualTo(ACTIVE);
  }

  @Test
  void thePageHasTheButtonThatPosts() {
    String page = get("GET", path).body();

    assertThat(page)
        .contains("<form method=\"post\">", "name=\"List-Unsubscribe\" value=\"One-Click\"")
        .doesNotContain("u" + number + "@example.com");
  }

  @Test
  void theUrlencodedPostOfAMailClientLeaves() {
    HttpResponse<String> response =
        post(path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

    left(response);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).isEqualTo("Unsubscribed\n");
  }

  @Test
  void theButtonOfThePageLeadsToAPage() {
    HttpResponse<String> response =
        gateway.send(
            gateway
                .request(path)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));

    left(response);
    assertThat(response.body()).contains("<html lang=\"en\"");
  }

  @Test
  void theMultipartPostOfAMailClientLeaves() {
    HttpResponse<String> response =
        post(
            path,
            "multipart/form-data; boundary=" + BOUNDARY,
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
                + "One-Click\r\n--"
                + BOUNDARY
                + "--\r\n");

    left(response);
  }

  @Test
  void leavingTwiceIsAnsweredTheSame() {
    String type = "application/x-www-form-urlencoded";
    HttpResponse<String> first = post(path, type, "List-Unsubscribe=One-Click");

    HttpResponse<String> second = post(path, type, "List-Unsubscribe=One-Click");

    left(second);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void whoWasRemovedIsAnsweredTheSameAndHeard() {
    gateway.call("DELETE", "/v1/subscribers/" + subscriber);

    HttpResponse<String> response =
        post(path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(standing()).isEqualTo(Standing.UNSUBSCRIBED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "List-Unsubscribe=Later", "x=y"})
  void aPostWithoutThePairShowsThePage(String body) {
    HttpResponse<String> response = post(path, "application/x-www-form-urlencoded", body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("<form method=\"post\">");
    assertThat(standing()).isEqualTo(ACTIVE);
  }

  @Test
  void aForgedTokenIsNoLink() {
    String token = tokens.token(Purpose.UNSUBSCRIBE, subscriber);
    char last = token.charAt(token.length() - 1);
    String forged = token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a');
    String ofAnotherKey =
        new LinkTokens("another".getBytes(UTF_8)).token(Purpose.UNSUBSCRIBE, subscriber);

    for (String bad : List.of(forged, ofAnotherKey, "x", Integer.toString(subscriber))) {
      assertThat(get("GET", "/u/" + bad).statusCode()).isEqualTo(404);
      assertThat(
              post("/u/" + bad, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
                  .statusCode())
          .isEqualTo(404);
    }
    assertThat(standing()).isEqualTo(ACTIVE);
  }

  @Test
  void aSharedMailboxLeavesByTheSecondLinkOnly() {
    gateway.call("PATCH", "/v1/subscribers/" + subscriber, "{\"shared\": true}");
    String type = "application/x-www-form-urlencoded";

    HttpResponse<String> first = post(path, type, "List-Unsubscribe=One-Click");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(standing()).isEqualTo(ACTIVE);

    String second = "/leave/" + tokens.token(Purpose.LEAVE_LIST, subscriber);
    assertThat(get("GET", second).statusCode()).isEqualTo(200);
    assertThat(post("/leave/" + path.substring(3), type, "List-Unsubscribe=One-Click").statusCode())
        .isEqualTo(404);
    assertThat(standing()).isEqualTo(ACTIVE);

    left(post(second, type, "List-Unsubscribe=One-Click"));
  }

  @Test
  void noFormOfAStrangerBreaksItOrUnsubscribesAnybody() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("UnsubscribePageTest seed=" + seed);
    HostileForms forms = new HostileForms(new Random(seed), List.of("List-Unsubscribe", "token"));
    String second = "/leave/" + tokens.token(Purpose.LEAVE_LIST, subscriber);

    for (int i = 0; i < 500; i++) {
      HostileForms.Body body = forms.next();
      var request =
          gateway
              .request(i % 2 == 0 ? path : second)
              .POST(BodyPublishers.ofByteArray(body.octets()));
      if (body.type() != null) {
        request.header("Content-Type", body.type());
      }

      assertThat(gateway.send(request).statusCode()).as("body %d", i).isIn(200, 400, 413);
    }

    assertThat(standing()).isEqualTo(ACTIVE);
    left(post(path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"));
  }

  @Test
  void germanReadersReadGerman() {
    HttpResponse<String> response =
        gateway.send(gateway.request(path).header("Accept-Language", "de-AT,de;q=0.9,en;q=0.5"));

    assertThat(response.headers().firstValue("Content-Language")).hasValue("de");
    assertThat(response.body()).contains("<html lang=\"de\"", "Abmelden");
  }

  @Test
  void anotherMethodIsNone() {
    HttpResponse<String> response = get("DELETE", path);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
    assertThat(standing()).isEqualTo(ACTIVE);
  }

  private void left(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("Location")).isEmpty();
    assertThat(standing()).isEqualTo(UNSUBSCRIBED);
  }

  private Standing standing() {
    return gateway.subscribers.get(subscriber).await().standing();
  }

  private static HttpResponse<String> get(String method, String path) {
    return gateway.send(gateway.request(path).method(method, BodyPublishers.noBody()));
  }

  private static HttpResponse<String> post(String path, String type, String body) {
    return gateway.send(
        gateway.request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }
}
