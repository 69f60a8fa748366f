package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Plans.Plan;

/** The account and the recipients of an update, as they are before anything is sent. */
class DeliveryResourceTest {
  private static final TestGateway gateway = new TestGateway();
  private static final Plans plans = new Plans(gateway.pool, Duration.ZERO);
  private static int number;

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void anUpdateIsPlanningThenSendingWithEveryRecipientPending() {
    String update = publish();
    assertThat(get(update).getString("progress")).isEqualTo("planning");
    List<Integer> ids = subscribers(5);

    plan(
        new Plan.Fanout(
            List.of(
                new Part(Channel.EMAIL, 4, bitmap(ids)),
                new Part(Channel.SMS, 4, new RoaringBitmap()))));

    JsonObject account = get(update);
    assertThat(account.getString("progress")).isEqualTo("sending");
    assertThat(account.getJsonObject("deliveries").getJsonObject("email").getMap())
        .containsEntry("audience", 5)
        .containsEntry("pending", 5)
        .containsEntry("sent", 0);
    assertThat(recipients(update)).isEqualTo(ids);
    JsonObject first =
        get("/v1/subscribers/" + ids.getFirst() + "/deliveries")
            .getJsonArray("deliveries")
            .getJsonObject(0);
    assertThat(first.getMap())
        .containsEntry("state", "pending")
        .containsEntry("channel", "email")
        .containsEntry("attempts", 0)
        .doesNotContainKeys("at", "receipt", "nextAttemptAt");
  }

  @Test
  void theAccountOfAChannelIsTheSumOverItsPriorities() {
    String update = publish();
    List<Integer> ids = subscribers(3);

    plan(
        new Plan.Fanout(
            List.of(
                new Part(Channel.EMAIL, 3, bitmap(ids.subList(0, 1))),
                new Part(Channel.EMAIL, 4, bitmap(ids.subList(1, 3))))));

    assertThat(get(update).getJsonObject("deliveries").getJsonObject("email").getMap())
        .containsEntry("audience", 3)
        .containsEntry("pending", 3);
    assertThat(recipients(update)).isEqualTo(ids);
  }

  @Test
  void aParkedUpdateSaysWhy() {
    String update = publish();

    plan(new Plan.Park("the template is broken"));

    assertThat(get(update).getMap())
        .containsEntry("progress", "parked")
        .containsEntry("parked", "the template is broken");
  }

  @Test
  void anUpdateThatTellsNobodyIsDone() {
    HttpResponse<String> accepted =
        gateway.call("POST", "/v1/incidents", incident(", \"notify\": false"));

    assertThat(get(accepted.headers().firstValue("Location").orElseThrow()).getString("progress"))
        .isEqualTo("done");
    plan(new Plan.Fanout(List.of()));
  }

  private static List<Integer> recipients(String update) {
    List<Integer> subscribers = new ArrayList<>();
    @Nullable String cursor = "";
    while (cursor != null) {
      JsonObject page = get(update + "/deliveries?limit=2" + cursor);
      page.getJsonArray("deliveries")
          .forEach(it -> subscribers.add(((JsonObject) it).getInteger("subscriber")));
      String next = page.getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }
    return subscribers;
  }

  private static String publish() {
    HttpResponse<String> accepted = gateway.call("POST", "/v1/incidents", incident(""));
    return accepted.headers().firstValue("Location").orElseThrow();
  }

  private static String incident(String more) {
    return """
    {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{}]%s}}\
    """
        .formatted(more);
  }

  private static void plan(Plan plan) {
    assertThat(plans.next(update -> Future.succeededFuture(plan)).await()).isPresent();
  }

  private static List<Integer> subscribers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            gateway.call(
                "POST",
                "/v1/subscribers",
                "{\"channel\": \"email\", \"address\": \"d%d@example.com\"}".formatted(++number)))
        .map(created -> TestGateway.json(created).getInteger("id"))
        .toList();
  }

  private static RoaringBitmap bitmap(List<Integer> ids) {
    return RoaringBitmap.bitmapOf(ids.stream().mapToInt(Integer::intValue).toArray());
  }

  private static JsonObject get(String path) {
    HttpResponse<String> response = gateway.call("GET", path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestGateway.json(response);
  }
}
