package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.api.TestGateway;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.Standing;
import tocsin.audience.Subscriber;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;

/** Whoever has the link sees and changes what its subscriber hears of, and nobody else's. */
class PreferencesPageTest {
  private static final LinkTokens tokens = new LinkTokens("a key".getBytes(UTF_8));
  private static final TestGateway gateway =
      new TestGateway(
          it -> TestSite.pages(TestSite.ACME, site -> TestSite.preferences(it, tokens, site)));
  private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");

  private static int number;

  @BeforeAll
  static void fill() {
    gateway.withCatalogue();
    gateway.call("PUT", "/v1/components/api", "{\"name\": \"Public API\"}");
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void whatIsHeardOfIsShownAndTheAddressIsMasked() {
    int id =
        mail(
            "\"components\": [\"web\"], \"regions\": [\"emea\"], \"minImpact\": \"major\","
                + " \"timeZone\": \"Europe/Berlin\", \"locale\": \"de\"");

    HttpResponse<String> page = get(path(id));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(
            "value=\"web:emea\" checked",
            "<option value=\"major\" selected>",
            "<option value=\"de\" selected>",
            "<option value=\"Europe/Berlin\" selected>",
            "p***@example.com",
            "<address>Acme Inc., 1 Main Street, Springfield</address>")
        .doesNotContain("p" + number + "@example.com", "data-guess");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
    assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void whatIsTickedIsHeardOfFromThenOn() {
    int id = mail("\"components\": [\"web\"]");

    HttpResponse<String> answer =
        save(
            id,
            "pick=api:*",
            "pick=web:emea",
            "minImpact=minor",
            "locale=de",
            "timeZone=Asia/Kolkata",
            "shared=yes");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue(token(id) + "?saved=yes");
    assertThat(get(path(id) + "?saved=yes").body()).contains("role=\"status\">Saved");
    Subscriber after = subscriber(id);
    assertThat(after.subscriptions())
        .containsExactlyInAnyOrder(
            new Subscription(Set.of("api"), null, null, Impact.MINOR),
            new Subscription(Set.of("web"), Set.of("emea"), null, Impact.MINOR));
    assertThat(after.locale()).isEqualTo("de");
    assertThat(after.zone().getId()).isEqualTo("Asia/Kolkata");
    assertThat(after.mailbox().isShared()).isTrue();
    assertThat(audited("preferences", id)).isEqualTo(1);
  }

  @Test
  void whoPicksNothingHearsOfEverything() {
    int id = mail("\"components\": [\"web\"], \"minImpact\": \"major\"");

    save(id, "minImpact=major");

    assertThat(subscriber(id).subscriptions())
        .containsExactly(new Subscription(null, null, null, Impact.MAJOR));
  }

  @Test
  void segmentsAndCustomerAreTheOperatorsToGive() {
    gateway.call("PUT", "/v1/customers/globex", "{\"name\": \"Globex\"}");
    int id = mail("\"components\": [\"web\"], \"segments\": [\"na-2\"], \"customer\": \"globex\"");

    save(id, "pick=api:emea");

    Subscriber after = subscriber(id);
    assertThat(after.customer()).isEqualTo("globex");
    assertThat(after.subscriptions())
        .containsExactly(
            new Subscription(Set.of("api"), Set.of("emea"), Set.of("na-2"), Impact.NONE));
  }

  @Test
  void wishesThatTheFormCannotTellApartStayAsTheyAre() {
    int id =
        mail(
            "\"locale\": \"fr\", \"timeZone\": \"Etc/GMT+2\", \"subscriptions\": ["
                + "{\"components\": [\"web\"], \"minImpact\": \"critical\"},"
                + "{\"regions\": [\"emea\"], \"segments\": [\"eu-1\"], \"minImpact\": \"minor\"}]");
    Subscriber before = subscriber(id);

    String page = get(path(id)).body();
    save(id, "pick=web:*", "pick=*:emea", "minImpact=minor", "locale=fr", "timeZone=Etc/GMT+2");

    assertThat(page)
        .contains(
            "value=\"web:*\" checked",
            "value=\"*:emea\" checked",
            "<option value=\"fr\" selected>",
            "<option value=\"Etc/GMT+2\" selected>");
    assertThat(subscriber(id)).isEqualTo(before);
  }

  @Test
  void whoChangesWhatSomebodyChangedMeanwhileIsToldAndShownItAnew() {
    int id = mail("\"components\": [\"web\"]");
    String version = version(id);
    gateway.call("PATCH", "/v1/subscribers/" + id, "{\"components\": [\"api\"]}");

    HttpResponse<String> answer = post(path(id), "version=" + version, "pick=web:emea");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("role=\"alert\">Somebody changed", "\"api:*\" checked");
    assertThat(subscriber(id).subscriptions())
        .containsExactly(new Subscription(Set.of("api"), null, null, Impact.NONE));
  }

  @Test
  void aWrongChoiceIsSaidAndNothingIsRetyped() {
    int id = mail("\"components\": [\"web\"]");

    HttpResponse<String> answer =
        save(
            id, "pick=none-such:emea", "pick=web:emea", "timeZone=Mars/Olympus", "minImpact=major");
    HttpResponse<String> unknown = save(id, "pick=none-such:emea", "pick=web:emea");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains(
            "href=\"#timeZone\"",
            "id=\"timeZone-wrong\"",
            "value=\"web:emea\" checked",
            "<option value=\"major\" selected>");
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("href=\"#pick\"");
    assertThat(subscriber(id).subscriptions())
        .containsExactly(new Subscription(Set.of("web"), null, null, Impact.NONE));
  }

  @Test
  void onlyTheLinkOfThePresentVersionLeadsThere() {
    int id = mail("\"components\": [\"web\"]");
    String old = path(id);
    gateway.call(
        "PATCH", "/v1/subscribers/" + id, "{\"address\": \"moved" + id + "@example.com\"}");
    String forged =
        new LinkTokens("another".getBytes(UTF_8)).token(Purpose.PREFERENCES, new Link(id, 1));

    for (String bad :
        List.of(
            old,
            "/preferences/" + forged,
            "/preferences/x",
            "/preferences/" + tokens.token(Purpose.UNSUBSCRIBE, id))) {
      assertThat(get(bad).statusCode()).isEqualTo(404);
      for (String below : List.of("", "/leave", "/secret", "/data", "/erase")) {
        assertThat(post(bad + below).statusCode()).as(below).isEqualTo(404);
      }
    }
    assertThat(
            get("/preferences/" + tokens.token(Purpose.PREFERENCES, new Link(id, 1))).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/leave", "/secret", "/data", "/erase"})
  void aFormOfAnotherSiteDoesNothing(String below) {
    int id = hook();
    HttpRequest.Builder request =
        form(path(id) + below, "version=" + version(id)).header("Sec-Fetch-Site", "cross-site");

    assertThat(gateway.send(request).statusCode()).isEqualTo(403);
    assertThat(subscriber(id).standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void whoLeavesHasLeftAndTheirLinkEnds() {
    int id = mail("\"components\": [\"web\"]");

    HttpResponse<String> answer = post(path(id) + "/leave");

    assertThat(answer.body()).contains("You are unsubscribed");
    assertThat(subscriber(id).standing()).isEqualTo(Standing.UNSUBSCRIBED);
    assertThat(get(path(id)).statusCode()).isEqualTo(404);
  }

  @Test
  void oneReaderOfASharedMailboxNeitherEndsNorChangesItNorReadsWhatIsKept() {
    int id = mail("\"shared\": true");
    Subscriber before = subscriber(id);

    assertThat(post(path(id) + "/leave").body()).contains("One more step");
    assertThat(post(path(id), "version=" + changed(id), "pick=web:emea").statusCode())
        .isEqualTo(404);
    assertThat(post(path(id) + "/data").statusCode()).isEqualTo(404);
    assertThat(post(path(id) + "/erase").statusCode()).isEqualTo(404);

    assertThat(get(path(id)).body()).contains("Choose anew").doesNotContain("/erase", "/data");
    assertThat(subscriber(id).subscriptions()).isEqualTo(before.subscriptions());
    assertThat(subscriber(id).mailbox().isShared()).isTrue();
    assertThat(subscriber(id).standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void everythingThatIsKeptComesAsAFile() {
    int id = mail("\"components\": [\"web\"]");

    HttpResponse<String> answer = post(path(id) + "/data");

    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"my-data.json\"");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(new JsonObject(answer.body()).getJsonObject("subscriber").getInteger("id"))
        .isEqualTo(id);
  }

  @Test
  void aSecondStepErases() {
    int id = mail("\"components\": [\"web\"]");

    assertThat(get(path(id) + "/erase").body()).contains("Erase everything about you?");
    assertThat(subscriber(id).standing()).isEqualTo(Standing.ACTIVE);

    assertThat(post(path(id) + "/erase").body()).contains("Your data is erased");
    assertThat(subscriber(id).address()).isEqualTo("erased@erased.invalid");
    assertThat(get(path(id)).statusCode()).isEqualTo(404);
  }

  @Test
  void aNewSecretIsShownOnceAndOnlyThreeADay() {
    int id = hook();

    HttpResponse<String> answer = post(path(id) + "/secret");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).containsPattern("<code class=\"secret\">whsec_[^<]+</code>");
    assertThat(get(path(id)).body()).doesNotContain("whsec_");
    assertThat(audited("secret", id)).isEqualTo(1);
    assertThat(post(path(id) + "/secret").statusCode()).isEqualTo(200);
    assertThat(post(path(id) + "/secret").statusCode()).isEqualTo(200);
    assertThat(post(path(id) + "/secret").statusCode()).isEqualTo(409);
  }

  @Test
  void anEndpointChangesItsFormatAndAChatHasNoSecret() {
    int id = hook();

    save(id, "dialect=slack");

    assertThat(subscriber(id).form().dialect().word()).isEqualTo("slack");
    assertThat(get(path(id)).body()).doesNotContain("/secret");
  }

  @Test
  void germanReadersReadGerman() {
    int id = mail("\"components\": [\"web\"]");

    HttpResponse<String> page = get(path(id) + "?lang=de");

    assertThat(page.body()).contains("<html lang=\"de\"", "Ihre Einstellungen");
  }

  @Test
  void noFormOfAStrangerBreaksItOrChangesAnything() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PreferencesPageTest seed=" + seed);
    HostileForms forms =
        new HostileForms(
            new Random(seed),
            List.of("version", "pick", "minImpact", "locale", "timeZone", "shared", "dialect"));
    int id = mail("\"components\": [\"web\"]");
    Subscriber before = subscriber(id);
    String path = path(id);

    for (int i = 0; i < 500; i++) {
      HostileForms.Body body = forms.next();
      var request = gateway.request(path).POST(BodyPublishers.ofByteArray(body.octets()));
      if (body.type() != null) {
        request.header("Content-Type", body.type());
      }

      assertThat(gateway.send(request).statusCode()).as("body %d", i).isIn(400, 409, 413);
    }

    assertThat(subscriber(id)).isEqualTo(before);
  }

  @Test
  void noFormWithTheRightVersionBreaksItEither() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PreferencesPageTest seed=" + seed);
    Random random = new Random(seed);
    List<String> values =
        List.of(
            "",
            "x",
            "web:emea",
            "*:*",
            "web:*",
            "\0",
            "a".repeat(3_000),
            "\ud83d",
            "{{7*7}}",
            "none",
            "major",
            "de",
            "zz-ZZ",
            "UTC",
            "Europe/Berlin",
            "yes",
            "<b>",
            "../x",
            "slack");
    List<String> fields = List.of("pick", "minImpact", "locale", "timeZone", "dialect");
    int id = mail("\"components\": [\"web\"]");

    for (int i = 0; i < 300; i++) {
      String[] pairs =
          random
              .ints(1 + random.nextInt(30), 0, fields.size())
              .mapToObj(
                  field -> fields.get(field) + "=" + values.get(random.nextInt(values.size())))
              .toArray(String[]::new);

      assertThat(save(id, pairs).statusCode()).as(String.join("&", pairs)).isIn(303, 422);
    }
  }

  private static int mail(String wishes) {
    return create(
        "{\"channel\": \"email\", \"address\": \"p%d@example.com\", %s}"
            .formatted(++number, wishes));
  }

  private static int hook() {
    return create(
        "{\"channel\": \"webhook\", \"address\": \"https://example.com/%d\"}".formatted(++number));
  }

  private static int create(String json) {
    HttpResponse<String> created = gateway.call("POST", "/v1/subscribers", json);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return new JsonObject(created.body()).getInteger("id");
  }

  private static Subscriber subscriber(int id) {
    return gateway.subscribers.get(id).await();
  }

  private static long audited(String action, int id) {
    return gateway
        .pool
        .preparedQuery(
            "select count(*) n from audit where actor = 'link' and action = $1 and subject = $2")
        .execute(Tuple.of(action, "/v1/subscribers/" + id))
        .await()
        .iterator()
        .next()
        .getLong("n");
  }

  private static String token(int id) {
    return tokens.token(Purpose.PREFERENCES, id);
  }

  private static String path(int id) {
    return "/preferences/" + token(id);
  }

  private static String version(int id) {
    Matcher version = VERSION.matcher(get(path(id)).body());
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  /** What the page of a shared mailbox does not tell. */
  private static String changed(int id) {
    return gateway
        .pool
        .preparedQuery("select changed::text version from subscriber where id = $1")
        .execute(Tuple.of(id))
        .await()
        .iterator()
        .next()
        .getString("version");
  }

  private static HttpResponse<String> save(int id, String... pairs) {
    return post(
        path(id),
        Stream.concat(Stream.of("version=" + version(id)), Stream.of(pairs))
            .toArray(String[]::new));
  }

  private static HttpResponse<String> get(String path) {
    return gateway.send(gateway.request(path));
  }

  private static HttpResponse<String> post(String path, String... pairs) {
    return gateway.send(form(path, pairs));
  }

  private static HttpRequest.Builder form(String path, String... pairs) {
    String body =
        Stream.of(pairs)
            .map(pair -> {
              int equals = pair.indexOf('=');
              return pair.substring(0, equals + 1)
                  + URLEncoder.encode(pair.substring(equals + 1), UTF_8);
            })
            .collect(Collectors.joining("&"));
    return gateway
        .request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }
}
