package tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an endpoint that fails, and what can be seen of it and done about it. */
class EndpointTest {
  private EndpointWorld world;

  @BeforeEach
  void start() {
    world = new EndpointWorld(Map.of());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  private JsonArray attempts(int subscriber) {
    return EndpointWorld.json(
            world.call("GET", "/v1/subscribers/" + subscriber + "/attempts", null))
        .getJsonArray("attempts");
  }

  @Test
  void itsLogShowsRequestAndAnswerAndNoSecret() {
    int id = world.subscribed();
    world.behaves(request ->
        request
            .response()
            .putHeader("Set-Cookie", "session=secret")
            .putHeader("X-Trace", "quoted \"7\"")
            .end("thanks ".repeat(1_000)));
    world.published("down", "investigating");

    await().until(() -> attempts(id).size() == 1);

    JsonObject listed = attempts(id).getJsonObject(0);
    assertThat(listed.getString("outcome")).isEqualTo("sent");
    assertThat(listed.getString("delivery")).isEqualTo(world.arrived.getFirst().id());
    JsonObject request = listed.getJsonObject("request").getJsonObject("headers");
    assertThat(request.getString("webhook-id")).isEqualTo(world.arrived.getFirst().id());
    assertThat(request.getString("webhook-timestamp")).isNotBlank();
    assertThat(request.containsKey("webhook-signature")).isFalse();
    assertThat(listed.getJsonObject("request").containsKey("body")).isFalse();
    JsonObject response = listed.getJsonObject("response");
    assertThat(response.getInteger("status")).isEqualTo(200);
    assertThat(response.getString("body")).hasSize(500).startsWith("thanks thanks");
    assertThat(response.getJsonObject("headers").getMap())
        .containsEntry("x-trace", "quoted \"7\"")
        .doesNotContainKey("set-cookie");

    JsonObject whole =
        EndpointWorld.json(
            world.call(
                "GET", "/v1/subscribers/" + id + "/attempts/" + listed.getString("id"), null));
    assertThat(new JsonObject(whole.getJsonObject("request").getString("body")))
        .isEqualTo(world.arrived.getFirst().body());
    assertThatObject(world.health(id))
        .returns("active", it -> it.getString("state"))
        .returns(0, it -> it.getInteger("failures"))
        .matches(it -> it.containsKey("lastSuccessAt"));
  }

  @Test
  void itsLogShowsWhatAFailureSaid() {
    int id = world.subscribed();
    world.behaves(request -> request.response().setStatusCode(500).end("sorry ".repeat(1_000)));
    world.published("down", "investigating");

    await().until(() -> attempts(id).size() == 1);

    JsonObject listed = attempts(id).getJsonObject(0);
    assertThat(listed.getString("outcome")).isEqualTo("deferred");
    assertThat(
            listed.getJsonObject("request").getJsonObject("headers").getString("webhook-signature"))
        .startsWith("v1,");
    assertThat(listed.getJsonObject("response").getString("body")).hasSize(2_000);
  }

  @Test
  void nothingIsShownOfATargetThatWeDoNotConnectTo() {
    int id = world.subscribed();
    world.sql("update subscriber set address = 'https://10.0.0.1/hook'");
    world.published("down", "investigating");

    await().until(() -> attempts(id).size() == 1);

    assertThatObject(attempts(id).getJsonObject(0))
        .returns("failed", it -> it.getString("outcome"))
        .returns("forbidden_target", it -> it.getString("reason"))
        .matches(it -> !it.containsKey("response") && !it.containsKey("request"))
        .matches(it -> !it.encode().contains("10.0.0.1"));
  }

  @Test
  void oneThatFailedForLongIsQuarantinedUntilItIsActivated() {
    int id = world.subscribed();
    world.answers(503);
    world.published("down", "investigating");
    await().until(() -> world.health(id).getInteger("failures") == 1);
    world.sql("update endpoint_health set failures = 9, failing_since = now() - interval '61 min'");
    world.sql(
        """
        insert into attempt_run (audience, at, subscribers, offsets, took, statuses)
        values (1, now() - interval '30 min', '{4711}', '{0}', '{900}', '{200}')
        """);
    world.sql("update retry set due_at = now() where not leased");

    await().until(() -> "quarantined".equals(world.health(id).getString("state")));

    assertThatObject(world.health(id))
        .returns(10, it -> it.getInteger("failures"))
        .returns("unavailable", it -> it.getString("lastFailure"))
        .matches(it -> it.containsKey("since") && it.containsKey("lastFailureAt"));
    assertThat(listed("quarantined")).containsExactly(id);
    assertThat(listed("active")).isEmpty();
    await().until(() -> world.account("down", 1).getInteger("suppressed") == 1);

    world.answers(200);
    HttpResponse<String> activated =
        world.call("POST", "/v1/subscribers/" + id + "/activate", null);
    assertThat(activated.statusCode()).isEqualTo(200);
    assertThatObject(world.health(id))
        .returns("active", it -> it.getString("state"))
        .returns(0, it -> it.getInteger("failures"));
    world.published("down", "identified");
    await().until(() -> world.account("down", 2).getInteger("sent") == 1);
  }

  private List<Object> listed(String health) {
    return EndpointWorld.json(world.call("GET", "/v1/subscribers?health=" + health, null))
        .getJsonArray("subscribers")
        .stream()
        .<Object>map(it -> ((JsonObject) it).getInteger("id"))
        .toList();
  }

  @Test
  void aSuccessEndsARowOfFailures() {
    int id = world.subscribed();
    world.answers(500);
    world.published("down", "investigating");
    await().until(() -> world.health(id).getInteger("failures") == 1);
    world.answers(204);
    world.sql("update retry set due_at = now() where not leased");

    await().until(() -> world.health(id).getInteger("failures") == 0);

    assertThat(world.health(id).containsKey("since")).isFalse();
  }

  @Test
  void whoWantsNoMoreIsDisabledAndWhatWaitsIsSuppressed() {
    int id = world.subscribed("updates", "every");
    world.answers(503);
    world.published("one", "investigating");
    await().until(() -> world.health(id).getInteger("failures") == 1);
    world.answers(410);
    world.published("two", "investigating");

    await().until(() -> "disabled".equals(world.health(id).getString("state")));

    await().until(() -> world.account("one", 1).getInteger("suppressed") == 1);
    assertThat(world.account("two", 1).getInteger("failed")).isEqualTo(1);
    assertThat(listed("disabled")).containsExactly(id);
  }

  @Test
  void whoAsksForAPauseGetsNothingOfAnyIncidentUntilItIsOver() {
    int id = world.subscribed();
    world.behaves(
        request -> request.response().setStatusCode(429).putHeader("Retry-After", "4").end());
    world.published("one", "investigating");
    await().until(() -> "throttled".equals(world.health(id).getString("state")));
    Instant until = Instant.parse(world.health(id).getString("throttledUntil"));
    assertThat(listed("throttled")).containsExactly(id);
    assertThat(listed("active")).isEmpty();
    world.answers(200);

    world.published("two", "investigating");

    await().until(() -> world.account("two", 1).getInteger("sent") == 1);
    assertThat(Instant.now()).isAfter(until.minusMillis(500));
    await().until(() -> world.account("one", 1).getInteger("sent") == 1);
    assertThat(world.arrived).hasSize(3);
  }

  @Test
  void whoAsksForAnAbsurdPauseHasAnHourAndLosesNothing() {
    int id = world.subscribed();
    world.behaves(request ->
        request.response().setStatusCode(503).putHeader("Retry-After", "99999999999999").end());
    world.published("one", "investigating");
    await().until(() -> "throttled".equals(world.health(id).getString("state")));
    Instant until = Instant.parse(world.health(id).getString("throttledUntil"));

    world.published("two", "investigating");
    await().until(() -> world.number("select count(*) from retry where not leased") == 2);

    assertThat(until).isBefore(Instant.now().plus(Duration.ofHours(1)));
    assertThat(
            world.number("select extract(epoch from max(due_at) - min(due_at))::bigint from retry"))
        .isLessThan(60);
    assertThat(world.number("select extract(epoch from min(due_at))::bigint from retry"))
        .isBetween(until.getEpochSecond() - 60, until.getEpochSecond() + 60);
    assertThat(world.arrived).hasSize(1);
  }

  @Test
  void whatWasToldIsToldAgainInItsOrderUnderTheSameIds() {
    int id = world.subscribed();
    for (String status : List.of("investigating", "identified", "monitoring")) {
      world.published("down", status);
      int sequence = world.arrived.size() + 1;
      await().until(() -> world.arrived.size() == sequence);
    }
    await().until(() -> world.account("down", 3).getInteger("sent") == 1);
    List<String> ids = world.arrived.stream().map(EndpointWorld.Arrived::id).toList();
    world.arrived.clear();

    JsonObject report =
        EndpointWorld.json(
            world.call(
                "POST",
                "/v1/subscribers/" + id + "/replay",
                "{\"from\": \"2020-01-01T00:00:00Z\", \"until\": \"2100-01-01T00:00:00Z\"}"));

    assertThat(report).isEqualTo(new JsonObject().put("replayed", 3).put("more", false));
    await().until(() -> world.arrived.size() == 3);
    assertThat(world.arrived).extracting(EndpointWorld.Arrived::id).containsExactlyElementsOf(ids);
    await().until(() -> world.account("down", 3).getInteger("sent") == 1);
    world.call("POST", "/v1/subscribers/" + id + "/replay", "{\"update\": \"down/1\"}");
    await().until(() -> world.arrived.size() == 4);
    assertThat(world.arrived.getLast().id()).isEqualTo(ids.getFirst());
  }

  @Test
  void aReplayOfNothingOrOfNonsenseIsRefused() {
    int id = world.subscribed();
    String path = "/v1/subscribers/" + id + "/replay";

    assertThat(world.call("POST", path, "{}").statusCode()).isEqualTo(422);
    assertThat(world.call("POST", path, "{\"update\": \"down\"}").statusCode()).isEqualTo(422);
    assertThat(
            world
                .call(
                    "POST",
                    path,
                    "{\"from\": \"2026-01-02T00:00:00Z\", \"until\": \"2026-01-01T00:00:00Z\"}")
                .statusCode())
        .isEqualTo(422);
    assertThat(world.call("POST", path, "{\"update\": \"down/1\"}").statusCode()).isEqualTo(404);
    world.call("DELETE", "/v1/subscribers/" + id, null);
    assertThat(world.call("POST", path, "{\"update\": \"down/1\"}").statusCode()).isEqualTo(409);
  }

  @Test
  void aTestShowsWhatCameOfItAndIsBounded() {
    int id = world.subscribed();
    world.answers(418);
    String path = "/v1/subscribers/" + id + "/test";

    JsonObject tested = EndpointWorld.json(world.call("POST", path, null));

    assertThat(tested.getString("outcome")).isEqualTo("deferred");
    assertThatObject(tested.getJsonObject("response"))
        .returns(418, it -> it.getInteger("status"))
        .returns("because 418", it -> it.getString("body"));
    assertThat(world.arrived)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.body().getString("type")).isEqualTo("tocsin.test");
          assertThat(it.id())
              .isEqualTo(
                  tested.getJsonObject("request").getJsonObject("headers").getString("webhook-id"));
        });
    HttpResponse<String> again = world.call("POST", path, null);
    assertThat(again.statusCode()).isEqualTo(429);
    assertThat(again.headers().firstValue("Retry-After")).contains("1");
    assertThat(world.health(id).getInteger("failures")).isZero();
  }

  @Test
  void whatWasGivenUpCanBeTestedBeforeItIsActivated() {
    int id = world.subscribed();
    world.sql("update subscriber set standing = 'disabled'");

    HttpResponse<String> tested = world.call("POST", "/v1/subscribers/" + id + "/test", null);

    assertThat(EndpointWorld.json(tested).getString("outcome")).isEqualTo("sent");
  }

  @Test
  void itsContactIsToldOnceThatItWasGivenUp() {
    world.close();
    GreenMail mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    mailbox.start();
    try {
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
                  "Acme Status <status@example.com>"));
      int id = world.subscribed("contact", "owner@example.com", "locale", "de");
      world.answers(410);
      world.published("down", "investigating");

      await().until(() -> mailbox.getReceivedMessages().length == 1);

      MimeMessage mail = mailbox.getReceivedMessages()[0];
      assertThat(mail.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("owner@example.com");
      assertThat(mail.getSubject()).isEqualTo("Ihr Webhook wurde abgeschaltet");
      String text = GreenMailUtil.getBody(mail);
      assertThat(text)
          .contains("127.0.0.1", "text/plain", "text/html", "/i/down", "Abonnements: " + id)
          .doesNotContain("/hook");
      await()
          .until(() ->
              world.number("select count(*) from endpoint_event where outcome = 'sent'") == 1);
      world.call("POST", "/v1/subscribers/" + id + "/activate", null);
      world.published("down", "identified");
      await().until(() -> mailbox.getReceivedMessages().length == 2);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } finally {
      mailbox.stop();
    }
  }
}
