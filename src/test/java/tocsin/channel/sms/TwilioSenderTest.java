package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.LogLines;
import tocsin.Loopback;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.ProviderWatch;
import tocsin.channel.Reason;
import tocsin.config.Secret;
import tocsin.config.Settings;
import tocsin.config.Settings.OnUnknown;

class TwilioSenderTest {
  private static final String ACCOUNT = "AC" + "a".repeat(32);
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String SERVICE = "MG" + "d".repeat(32);
  private static final URI OWN = URI.create("https://status.acme.example");
  private static final Message.Sms MESSAGE =
      new Message.Sms(
          new DeliveryId(7, 42),
          "+15005550006",
          "+15005550009",
          "Störung & mehr + €",
          1,
          Duration.ofHours(1));

  private static final List<String> FROM = List.of("+15005550006");
  private static final Duration SOON = Duration.ofMillis(10);
  private static final TwilioBounds BOUNDS =
      new TwilioBounds(Duration.ofSeconds(5), Duration.ofSeconds(20), SOON);

  private final Vertx vertx = Vertx.vertx();
  private final FakeTwilio twilio = new FakeTwilio(vertx);
  private final TwilioSender sender = sender("", BOUNDS);

  @AfterEach
  void close() {
    sender.close();
    vertx.close().await();
  }

  @Test
  void aMessageIsCreatedByOneForm() {
    assertThat(sender.send(MESSAGE).await()).isEqualTo(new Outcome.Sent(FakeTwilio.SID));

    assertThat(twilio.posts()).hasSize(1);
    FakeTwilio.Post post = twilio.posts().getFirst();
    assertThat(post.line()).isEqualTo("POST /2010-04-01/Accounts/" + ACCOUNT + "/Messages.json");
    assertThat(post.headers().get("authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8)));
    assertThat(post.headers().get("content-type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(post.headers().get("user-agent")).startsWith("Tocsin/");
    assertThat(post.form().get("To")).isEqualTo("+15005550009");
    assertThat(post.form().get("From")).isEqualTo("+15005550006");
    assertThat(post.form().get("Body")).isEqualTo("Störung & mehr + €");
    assertThat(post.form().get("ValidityPeriod")).isEqualTo("3600");
    assertThat(post.form().get("StatusCallback"))
        .isEqualTo("https://status.acme.example/hooks/twilio/status?d=d7_16#rc=3&rp=all");
    assertThat(post.form().names())
        .containsExactlyInAnyOrder("To", "From", "Body", "ValidityPeriod", "StatusCallback");
  }

  @Test
  void aMessagingServiceChoosesTheSender() {
    sender
        .send(
            new Message.Sms(
                MESSAGE.id(), SERVICE, MESSAGE.to(), MESSAGE.text(), 1, MESSAGE.validity()))
        .await();

    assertThat(twilio.posts().getFirst().form().get("MessagingServiceSid")).isEqualTo(SERVICE);
    assertThat(twilio.posts().getFirst().form().contains("From")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gateway/twilio", "/gateway/twilio/"})
  void theBaseUrlMayHaveAPath(String path) {
    try (TwilioSender elsewhere = sender(path, BOUNDS)) {
      assertThat(elsewhere.send(MESSAGE).await()).isInstanceOf(Outcome.Sent.class);
    }

    assertThat(twilio.posts().getFirst().line())
        .isEqualTo("POST /gateway/twilio/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json");
  }

  @ParameterizedTest
  @CsvSource({
    "500, 20500, UNKNOWN",
    "503, 20503, UNKNOWN",
    "401, 20003, OPERATOR",
    "400, 99999, UNAVAILABLE"
  })
  void aRefusalIsPostedOnceAndDeferred(int status, int code, Reason reason) {
    twilio.refuses(status, code);

    assertThat(sender.send(MESSAGE).await())
        .isEqualTo(new Outcome.Deferred(reason, "Twilio " + code + ", HTTP " + status, null));
    assertThat(twilio.posts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"21211, ADDRESS", "21614, ADDRESS", "21610, OPTED_OUT", "21617, REQUEST"})
  void aRejectionIsPostedOnceAndFinal(int code, Reason reason) {
    twilio.refuses(400, code);

    assertThat(sender.send(MESSAGE).await())
        .isEqualTo(new Outcome.Rejected(reason, "Twilio " + code + ", HTTP 400"));
    assertThat(twilio.posts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "502, <html>Bad Gateway</html>, UNKNOWN",
    "500, '', UNKNOWN",
    "503, '[1, 2]', UNKNOWN",
    "503, 'null', UNKNOWN",
    "503, '{\"code\": \"x\"}', UNKNOWN",
    "401, '', OPERATOR",
    "400, '{\"code\": null}', UNAVAILABLE",
    "307, '', UNAVAILABLE"
  })
  void withoutJsonTheStatusOfHttpStays(int status, String body, Reason reason) {
    twilio.answers(status, body);

    assertThat(sender.send(MESSAGE).await())
        .isEqualTo(new Outcome.Deferred(reason, "HTTP " + status, null));
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void whatWasTooMuchAtATimeIsPostedAgainSoon() {
    AtomicInteger refusals = new AtomicInteger(3);
    twilio.answers(request -> {
      if (refusals.getAndDecrement() > 0) {
        FakeTwilio.refused(request, 429, 20429);
      } else {
        FakeTwilio.created(request, "{\"sid\": \"" + FakeTwilio.SID + "\"}");
      }
    });

    assertThat(sender.send(MESSAGE).await()).isEqualTo(new Outcome.Sent(FakeTwilio.SID));
    assertThat(twilio.posts()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"code\": 20429}", "slow down"})
  void whatStaysTooMuchWaitsOutsideTheSender(String body) {
    twilio.answers(429, body);

    assertDeferred(sender.send(MESSAGE).await(), Reason.THROTTLED);
    assertThat(twilio.posts()).hasSizeBetween(2, 6);
  }

  @Test
  void aFullQueueIsAskedOnce() {
    twilio.refuses(400, 21611);

    assertDeferred(sender.send(MESSAGE).await(), Reason.THROTTLED);
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void aSendThatHungFollowsThePolicyOfTheUnknown() {
    try (TwilioSender dropping = sender("", BOUNDS, OnUnknown.DROP)) {
      assertThat(dropping.hung())
          .isEqualTo(new Outcome.Rejected(Reason.UNKNOWN, "may have been sent: the send hung"));
    }
    assertDeferred(sender.hung(), Reason.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 36_000})
  void theValidityIsWholeSeconds(int seconds) {
    sender
        .send(
            new Message.Sms(
                MESSAGE.id(),
                MESSAGE.sender(),
                MESSAGE.to(),
                MESSAGE.text(),
                1,
                Duration.ofSeconds(seconds)))
        .await();

    assertThat(twilio.posts().getFirst().form().get("ValidityPeriod"))
        .isEqualTo(Integer.toString(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "To, '\\+[1-9][0-9]{6,14}'",
    "From, '\\+[1-9][0-9]{6,14}'",
    "Body, '(?s).{1,1600}'",
    "ValidityPeriod, '[1-9][0-9]{0,4}'",
    "StatusCallback, 'https://[a-z0-9.-]+/hooks/twilio/status\\?d=[0-9a-z_]+#rc=3&rp=all'"
  })
  void parametersHaveTheFormThatTwilioTakes(String name, String pattern) {
    sender.send(MESSAGE).await();

    assertThat(twilio.posts().getFirst().form().getAll(name))
        .singleElement()
        .asString()
        .matches(pattern);
  }

  @Test
  void aRedirectIsNotFollowed() {
    twilio.answers(request ->
        request
            .response()
            .setStatusCode(303)
            .putHeader("location", twilio.url("/elsewhere").toString())
            .end());

    assertThat(sender.send(MESSAGE).await())
        .isEqualTo(new Outcome.Deferred(Reason.UNAVAILABLE, "HTTP 303", null));
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void whatMayHaveBeenSentIsNotSentAgain() {
    twilio.refuses(503, 20503);

    try (TwilioSender dropping = sender("", BOUNDS, OnUnknown.DROP)) {
      assertThat(dropping.send(MESSAGE).await())
          .isEqualTo(
              new Outcome.Rejected(Reason.UNKNOWN, "may have been sent: Twilio 20503, HTTP 503"));
    }
    assertThat(twilio.posts()).hasSize(1);
    assertThat(twilio.looks())
        .hasSize(2)
        .allSatisfy(look -> assertThat(look).contains("To=%2B15005550009", "PageSize=20"));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasTakenAlthoughTheAnswerFailedIsFound(OnUnknown onUnknown) {
    twilio.takesAndAnswers(503);

    try (TwilioSender looking = sender("", BOUNDS, onUnknown)) {
      assertThat(looking.send(MESSAGE).await()).isEqualTo(new Outcome.Sent(FakeTwilio.SID));
    }
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void whatIsStillQueuedIsFound() {
    twilio.takesAndAnswers(503);

    sender.send(MESSAGE).await();

    assertThat(twilio.looks()).singleElement().asString().doesNotContain("DateSent");
  }

  @Test
  void whatIsListedALittleLateIsFound() {
    twilio.refuses(503, 20503);
    twilio.listsAfterALook(
        FakeTwilio.listed(MESSAGE.text(), FakeTwilio.date(Instant.now()), "accepted"));

    assertThat(sender.send(MESSAGE).await()).isEqualTo(new Outcome.Sent(FakeTwilio.SID));
    assertThat(twilio.posts()).hasSize(1);
    assertThat(twilio.looks()).hasSize(2);
  }

  @Test
  void anotherTextAnOldOneAndOneThatFailedAreNotIt() {
    twilio.refuses(503, 20503);
    String now = FakeTwilio.date(Instant.now());
    twilio.lists(
        FakeTwilio.listed("another text", now, "sent"),
        FakeTwilio.listed(MESSAGE.text(), FakeTwilio.date(Instant.now().minusSeconds(60)), "sent"),
        FakeTwilio.listed(MESSAGE.text(), now, "failed"),
        FakeTwilio.listed(MESSAGE.text(), "yesterday", "sent"));

    assertDeferred(sender.send(MESSAGE).await(), Reason.UNKNOWN);
  }

  @Test
  void aClosedCountryIsNotAskedAgainWhileOthersGoOn() {
    twilio.answers(request -> {
      if (String.valueOf(request.getFormAttribute("To")).startsWith("+1")) {
        FakeTwilio.refused(request, 400, 21408);
      } else {
        FakeTwilio.created(request, "{}");
      }
    });

    assertDeferred(sender.send(MESSAGE).await(), Reason.ROUTE);
    assertDeferred(sender.send(MESSAGE).await(), Reason.ROUTE);
    assertThat(sender.send(to("+4915123456789")).await()).isInstanceOf(Outcome.Sent.class);
    assertThat(twilio.posts()).hasSize(2);
  }

  @Test
  void aProbeWhoseAnswerWasLostOpensItsCountryIfItWasTaken() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (TwilioSender probing = sender(FROM, Closures.none(now::get))) {
      twilio.refuses(400, 21408);
      assertDeferred(probing.send(MESSAGE).await(), Reason.ROUTE);
      now.updateAndGet(then -> then.plus(Duration.ofMinutes(6)));
      twilio.takesAndAnswers(503);
      assertThat(probing.send(MESSAGE).await()).isInstanceOf(Outcome.Sent.class);
      twilio.answers(request -> FakeTwilio.created(request, "{}"));

      assertThat(probing.send(MESSAGE).await()).isInstanceOf(Outcome.Sent.class);
    }
  }

  @Test
  void whereOneSenderHasNoRouteAnotherMayHave() {
    List<String> both = List.of("+15005550006", "+18885550100");
    Closures closures = Closures.none(Instant::now);
    twilio.refuses(400, 21612);
    try (TwilioSender two = sender(both, closures)) {
      Message.Sms first = from("+15005550006");
      Message.Sms second = from("+18885550100");

      assertThat(wait(two.send(first).await())).isLessThan(Duration.ofSeconds(2));
      assertThat(wait(two.send(first).await())).isLessThan(Duration.ofSeconds(2));
      assertThat(twilio.posts()).hasSize(1);
      assertThat(closures.routes().isClosed(first.sender(), first.to())).isTrue();
      assertThat(closures.routes().isClosed(second.sender(), second.to())).isFalse();
      assertThat(closures.routes().isClosed(first.sender(), "+4915123456789")).isFalse();

      assertThat(wait(two.send(second).await())).isEqualTo(Duration.ofMinutes(5));
      assertThat(wait(two.send(first).await())).isGreaterThan(Duration.ofMinutes(4));
      assertThat(twilio.posts()).hasSize(2);
    }
  }

  private static Duration wait(Outcome outcome) {
    assertDeferred(outcome, Reason.ROUTE);
    return Objects.requireNonNull(((Outcome.Deferred) outcome).after());
  }

  private static Message.Sms from(String sender) {
    return new Message.Sms(
        MESSAGE.id(), sender, MESSAGE.to(), MESSAGE.text(), 1, MESSAGE.validity());
  }

  private static Message.Sms to(String number) {
    return new Message.Sms(
        MESSAGE.id(), MESSAGE.sender(), number, MESSAGE.text(), 1, MESSAGE.validity());
  }

  @Test
  void statesAndFieldsThatAreNewAreTolerated() {
    twilio.answers(request ->
        FakeTwilio.created(
            request,
            """
            {"sid": "%s", "status": "teleported", "warp": {"factor": 9}}\
            """
                .formatted(FakeTwilio.SID)));

    assertThat(sender.send(MESSAGE).await()).isEqualTo(new Outcome.Sent(FakeTwilio.SID));
  }

  @Test
  void anAnswerWithoutASidIsStillSent() {
    twilio.answers(request -> FakeTwilio.created(request, "{}"));

    assertThat(sender.send(MESSAGE).await()).isEqualTo(new Outcome.Sent(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html></html>", "{\"sid\": "})
  void anUnreadableAnswerMayHaveSent(String body) {
    twilio.answers(request -> FakeTwilio.created(request, body));

    assertDeferred(sender.send(MESSAGE).await(), Reason.UNKNOWN);
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void silenceAfterTheRequestMayHaveSent() {
    try (TwilioSender hasty = sender("", hasty())) {
      hasty.send(MESSAGE).await();
      twilio.answers(request -> {});

      assertDeferred(hasty.send(MESSAGE).await(), Reason.UNKNOWN);
    }
    assertThat(twilio.posts()).hasSize(2);
  }

  @Test
  void aConnectionCutBeforeTheAnswerMayHaveSent() {
    twilio.answers(request -> request.connection().close());

    assertDeferred(sender.send(MESSAGE).await(), Reason.UNKNOWN);
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void aConnectionCutInsideTheAnswerMayHaveSent() {
    twilio.answers(request -> {
      request.response().setStatusCode(201).putHeader("content-length", "100").write("{\"si");
      vertx.setTimer(20, soon -> request.connection().close());
    });

    assertDeferred(sender.send(MESSAGE).await(), Reason.UNKNOWN);
    assertThat(twilio.posts()).hasSize(1);
  }

  @Test
  void withoutAConnectionNothingWasSent() {
    URI url = URI.create("http://127.0.0.1:" + Loopback.freePort());
    var settings =
        new Settings.Twilio(
            ACCOUNT, new Secret(TOKEN), null, List.of("+15005550006"), null, url, 8);

    try (TwilioSender alone = new TwilioSender(vertx, settings, OnUnknown.RETRY, OWN);
        LogLines log = LogLines.of(ProviderWatch.class)) {
      assertDeferred(alone.send(MESSAGE).await(), Reason.CONNECTION);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("provider.unavailable channel=sms address=" + url.getAuthority())
          .contains("Connection refused");
    }
  }

  @Test
  void noDetailShowsTheNumber() {
    twilio.refuses(400, 21211);

    assertThat(sender.send(MESSAGE).await().toString()).doesNotContain("5005550009");
  }

  private static void assertDeferred(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> assertThat(deferred.reason()).as(deferred.detail()).isEqualTo(reason));
  }

  private static TwilioBounds hasty() {
    return new TwilioBounds(Duration.ofSeconds(5), Duration.ofMillis(1500), SOON);
  }

  private TwilioSender sender(String path, TwilioBounds bounds) {
    return sender(path, bounds, OnUnknown.RETRY);
  }

  private TwilioSender sender(String path, TwilioBounds bounds, OnUnknown onUnknown) {
    return new TwilioSender(vertx, settings(path), onUnknown, OWN, bounds);
  }

  private TwilioSender sender(List<String> senders, Closures closures) {
    return new TwilioSender(vertx, settings("", senders), OnUnknown.DROP, OWN, BOUNDS, closures);
  }

  private Settings.Twilio settings(String path) {
    return settings(path, FROM);
  }

  private Settings.Twilio settings(String path, List<String> senders) {
    return new Settings.Twilio(
        ACCOUNT, new Secret(TOKEN), null, senders, null, twilio.url(path), 8);
  }
}
