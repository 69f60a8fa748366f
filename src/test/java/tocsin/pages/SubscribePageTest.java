package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.api.ClientAddress;
import tocsin.api.TestGateway;
import tocsin.audience.AddressHash;
import tocsin.audience.Channel;
import tocsin.audience.LinkTokens;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Suppressions;
import tocsin.channel.webhook.EndpointRules;
import tocsin.channel.webhook.TargetPolicy;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.OptInProofs;
import tocsin.selfservice.OptInRules;
import tocsin.selfservice.OptIns;

/** Strangers may ask for anything; nothing is theirs until the address says so. */
class SubscribePageTest {
  private static final byte[] KEY = "a key".getBytes(UTF_8);
  private final TestGateway gateway =
      new TestGateway(
              it -> {
                EndpointRules rules =
                    new EndpointRules(
                        new TargetPolicy(List.of(), TestGateway.PUBLIC_URL), new SecureRandom());
                OptIns optIns =
                    new OptIns(
                        it.pool,
                        new OptInProofs(new LinkTokens(KEY), new OptInCodes(KEY)),
                        new Suppressions(new AddressHash(new byte[32])),
                        rules,
                        new OptInRules(1_000, Duration.ofDays(2), Set.of()));
                return TestSite.pages(
                    TestSite.ACME,
                    site ->
                        List.of(
                            new SubscribePage(
                                    optIns,
                                    new SubscriberJson(rules, Clock.systemUTC()),
                                    it.catalogue,
                                    new ClientAddress(List.of("127.0.0.1")),
                                    Set.of(Channel.values()),
                                    site)
                                ::mount));
              })
          .withCatalogue();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void theAnswerDoesNotTellWhoIsSubscribed() {
    gateway.call(
        "POST", "/v1/subscribers", "{\"channel\": \"email\", \"address\": \"known@example.com\"}");
    gateway.call(
        "POST",
        "/v1/suppressions",
        "{\"channel\": \"email\", \"address\": \"barred@example.com\", \"reason\": \"manual\"}");

    HttpResponse<String> unknown = post(email("unknown@example.com"), Map.of());
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(unknown.body()).contains("Look into your mailbox").doesNotContain("unknown@");
    for (String address :
        List.of("known@example.com", "barred@example.com", "unknown@example.com")) {
      HttpResponse<String> other = post(email(address), Map.of());
      assertThat(other.statusCode()).as(address).isEqualTo(200);
      assertThat(other.body()).as(address).isEqualTo(unknown.body());
      assertThat(headers(other)).as(address).isEqualTo(headers(unknown));
    }
    assertThat(number("select count(*) from subscriber where address_key like 'unknown%'"))
        .isZero();
    assertThat(number("select count(*) from notice where kind = 'confirm'")).isEqualTo(1);
  }

  @Test
  void aNumberIsAskedForItsCodeWhateverIsOnRecordOfIt() {
    Map<String, String> form = new HashMap<>(Map.of("channel", "sms", "consent", "yes"));
    form.put("phone", "0015005550006");

    HttpResponse<String> sent = post(form, Map.of());

    assertThat(sent.statusCode()).isEqualTo(303);
    assertThat(sent.headers().firstValue("Location").orElseThrow())
        .matches("\\./confirm/[a-z2-7]{32}");
    assertThat(number("select count(*) from opt_in where address_key = '+15005550006'"))
        .isEqualTo(1);
  }

  @Test
  void whatIsWrongIsSaidBesideItAndNothingHasToBeTypedAgain() {
    Map<String, String> form = email("not an address");
    form.remove("consent");

    HttpResponse<String> wrong = post(form, Map.of("Accept-Language", "de"));

    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("not an address", "Setzen Sie dieses Häkchen", "aria-invalid=\"true\"");
    form.put("consent", "yes");
    assertThat(post(form, Map.of()).body()).contains("Enter an e-mail address such as");
    assertThat(number("select count(*) from opt_in")).isZero();
  }

  @Test
  void whatIsPickedByRegionIsWhatIsAskedFor() {
    String picks = "&pick=web%3Aemea&pick=*%3Anorth-america&minImpact=major";

    HttpResponse<String> sent = post(encoded(email("ann@example.com")) + picks, Map.of());

    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(
            gateway
                .pool
                .query("select wish ->> 'subscriptions' as s from opt_in")
                .execute()
                .await()
                .iterator()
                .next()
                .getString(0))
        .contains("major", "web", "emea", "north-america");
  }

  @Test
  void aFormOfAnotherSiteOrOneThatAProgramFilledInDoesNothing() {
    assertThat(post(email("a@example.com"), Map.of("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
    Map<String, String> trapped = email("a@example.com");
    trapped.put("topic2", "Acme");
    assertThat(post(trapped, Map.of()).statusCode()).isEqualTo(200);

    assertThat(number("select count(*) from opt_in")).isZero();
  }

  @Test
  void oneVisitorIsHeardTenTimesAnHour() {
    for (int i = 0; i < 10; i++) {
      assertThat(
              post(email("a" + i + "@example.com"), Map.of("X-Forwarded-For", "192.0.2.7"))
                  .statusCode())
          .isEqualTo(200);
    }

    HttpResponse<String> more =
        post(email("more@example.com"), Map.of("X-Forwarded-For", "192.0.2.7"));

    assertThat(more.statusCode()).isEqualTo(429);
    assertThat(more.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
    assertThat(more.body()).contains("A little slower");
    assertThat(post(email("b@example.com"), Map.of("X-Forwarded-For", "192.0.2.8")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void noFormOfAStrangerBreaksIt() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("SubscribePageTest seed=" + seed);
    HostileForms forms =
        new HostileForms(
            new Random(seed),
            List.of("channel", "email", "phone", "endpoint", "pick", "timeZone", "consent"));

    for (int i = 0; i < 500; i++) {
      HostileForms.Body body = forms.next();
      HttpRequest.Builder request =
          gateway.request("/subscribe").POST(BodyPublishers.ofByteArray(body.octets()));
      if (body.type() != null && body.type().chars().allMatch(c -> c >= ' ' && c < 127)) {
        request.header("Content-Type", body.type());
      }
      assertThat(gateway.send(request).statusCode()).as("body %d", i).isIn(400, 413, 422);
    }

    assertThat(number("select count(*) from opt_in")).isZero();
    assertThat(post(email("ann@example.com"), Map.of()).statusCode()).isEqualTo(200);
  }

  private static Map<String, String> email(String address) {
    return new HashMap<>(Map.of("channel", "email", "email", address, "consent", "yes"));
  }

  private HttpResponse<String> post(Map<String, String> form, Map<String, String> headers) {
    return post(encoded(form), headers);
  }

  private HttpResponse<String> post(String form, Map<String, String> headers) {
    HttpRequest.Builder request =
        gateway
            .request("/subscribe")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return gateway.send(request);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, List<String>> headers(HttpResponse<String> response) {
    return new TreeMap<>(response.headers().map());
  }

  private long number(String sql) {
    return gateway.pool.query(sql).execute().await().iterator().next().getLong(0);
  }
}
