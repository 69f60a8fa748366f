package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.delivery.Chunks;
import tocsin.delivery.Claim;
import tocsin.delivery.Ledger;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Plans.Plan;
import tocsin.delivery.Settlement;

/** What failed for good, and what is parked, as an operator sees it and puts it back to work. */
class DeadLetterResourceTest {
  private static final String REQUEUE = "/v1/dead-letters/requeue";

  private TestGateway gateway;
  private int incidents;

  @BeforeEach
  void start() {
    gateway = new TestGateway();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void deadLettersAreListedPageByPageAndByWhatTheyHaveInCommon() {
    failed(Reason.EXPIRED, 3);
    failed(Reason.POLICY, 2);

    JsonObject page = get("/v1/dead-letters?channel=email&limit=4");
    assertThat(page.getJsonArray("deadLetters")).hasSize(4);
    assertThat(page.getJsonArray("deadLetters").getJsonObject(0).getMap())
        .containsEntry("incident", "incident-2")
        .containsEntry("sequence", 1)
        .containsEntry("channel", "email")
        .containsEntry("subscriber", 2)
        .containsEntry("attempts", 1)
        .containsEntry("reason", "policy")
        .containsEntry("detail", "policy: refused");
    assertThat(
            get("/v1/dead-letters?limit=4&cursor=" + page.getString("nextCursor"))
                .getJsonArray("deadLetters"))
        .hasSize(1);
    assertThat(get("/v1/dead-letters?reason=policy").getJsonArray("deadLetters")).hasSize(2);
    assertThat(get("/v1/dead-letters?incident=incident-1").getJsonArray("deadLetters")).hasSize(3);
    assertThat(get("/v1/dead-letters?channel=sms").getJsonArray("deadLetters")).isEmpty();
  }

  @Test
  void aSelectionIsRequeuedAndTheAccountAddsUp() {
    String update = failed(Reason.EXPIRED, 3);
    failed(Reason.POLICY, 2);

    assertThat(post(REQUEUE, "{\"reason\": \"expired\"}").getMap())
        .containsEntry("requeued", 3)
        .containsEntry("more", false);

    assertThat(get("/v1/dead-letters").getJsonArray("deadLetters")).hasSize(2);
    assertThat(get(update).getJsonObject("deliveries").getJsonObject("email").getMap())
        .containsEntry("failed", 0)
        .containsEntry("pending", 3);
    assertThat(post(REQUEUE, "{\"incident\": \"incident-1\"}").getMap())
        .containsEntry("requeued", 0);
  }

  @Test
  void oneDeliveryIsRequeuedOnce() {
    String update = failed(Reason.EXPIRED, 1);
    String id =
        get("/v1/dead-letters").getJsonArray("deadLetters").getJsonObject(0).getString("id");

    HttpResponse<String> accepted = gateway.call("POST", "/v1/deliveries/" + id + "/requeue");

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue(update);
    assertThat(
            get(update + "/deliveries")
                .getJsonArray("deliveries")
                .getJsonObject(0)
                .getString("state"))
        .isEqualTo("deferred");
    ProblemTest.problem(gateway.call("POST", "/v1/deliveries/" + id + "/requeue"), 409, "conflict");
  }

  @Test
  void whatIsNotThereIsNotFoundAndNothingMeantIsRefused() {
    ProblemTest.problem(gateway.call("POST", "/v1/deliveries/d1_1/requeue"), 404, "not-found");
    ProblemTest.problem(gateway.call("POST", "/v1/deliveries/nothing/requeue"), 404, "not-found");
    ProblemTest.problem(gateway.call("POST", REQUEUE, "{}"), 422, "validation");
    ProblemTest.problem(
        gateway.call("POST", REQUEUE, "{\"reason\": \"sunspots\"}"), 422, "validation");
    ProblemTest.problem(gateway.call("GET", "/v1/dead-letters?cursor=x"), 422, "validation");
    ProblemTest.problem(gateway.call("GET", "/v1/parked?cursor=x"), 422, "validation");
  }

  @Test
  void parkedChunksAreListedAndPutBackToWork() {
    planned(700);
    gateway
        .pool
        .query("update chunk set parked_at = now(), takeovers = 5 where number = 1")
        .execute()
        .await();

    assertThat(get("/v1/parked").getJsonArray("parked").getJsonObject(0).getMap())
        .containsEntry("incident", "incident-1")
        .containsEntry("sequence", 1)
        .containsEntry("channel", "email")
        .containsEntry("chunk", 1)
        .containsEntry("size", 200)
        .containsEntry("pending", 200)
        .containsKey("since");
    JsonObject page = get("/v1/parked?limit=1");
    assertThat(get("/v1/parked?cursor=" + page.getString("nextCursor")).getJsonArray("parked"))
        .isEmpty();
    assertThat(post("/v1/parked/requeue", "{\"incident\": \"another\"}").getMap())
        .containsEntry("requeued", 0);
    assertThat(post("/v1/parked/requeue", "{}").getMap())
        .containsEntry("requeued", 200)
        .containsEntry("more", false);
    assertThat(get("/v1/parked").getJsonArray("parked")).isEmpty();
  }

  private String planned(int recipients) {
    String update =
        gateway
            .call(
                "POST",
                "/v1/incidents",
                """
                {"id": "incident-%d", "title": "t",
                 "update": {"status": "identified", "body": "x", "affects": [{}]}}\
                """
                    .formatted(++incidents))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    RoaringBitmap members = new RoaringBitmap();
    members.add(1L, 1L + recipients);
    Plan plan = new Plan.Fanout(List.of(new Part(Channel.EMAIL, 4, members)));
    assertThat(
            new Plans(gateway.pool, Duration.ZERO)
                .next(next -> Future.succeededFuture(plan))
                .await())
        .isPresent();
    return update;
  }

  /** The address of an update that failed for so many recipients, in one chunk. */
  private String failed(Reason reason, int recipients) {
    String update = planned(recipients);
    Claim claim =
        new Chunks(gateway.pool)
            .claim(Channel.EMAIL, 12, 0, 1, Duration.ofMinutes(1))
            .await()
            .claimed()
            .getFirst()
            .claim();
    List<Settlement> batch =
        IntStream.rangeClosed(1, recipients)
            .mapToObj(id -> Settlement.failed(claim, id, 1, reason, "refused", Instant.now()))
            .toList();
    assertThat(new Ledger(gateway.pool).settle(Channel.EMAIL, 1, batch).await())
        .isEqualTo(recipients);
    return update;
  }

  private JsonObject get(String path) {
    return answer(gateway.call("GET", path));
  }

  private JsonObject post(String path, String json) {
    return answer(gateway.call("POST", path, json));
  }

  private static JsonObject answer(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestGateway.json(response);
  }
}
