package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Plans.Plan;

/** What operators want of a fan-out is on record and told to every node. */
class ControlResourceTest {
  private static final TestGateway gateway = new TestGateway();
  private static final Plans plans = new Plans(gateway.pool, Duration.ZERO);

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void aFanoutIsPausedAndResumed() {
    String update = planned(3);
    assertThat(TestGateway.json(gateway.call("GET", update)).getMap())
        .containsEntry("control", "running")
        .containsEntry("progress", "sending");

    is(post(update, "pause"), "paused", "paused");
    is(post(update, "pause"), "paused", "paused");
    is(gateway.call("GET", update), "paused", "paused");
    is(post(update, "resume"), "running", "sending");
    is(post(update, "resume"), "running", "sending");
  }

  @Test
  void aCancelledFanoutStaysCancelled() {
    String update = planned(3);

    is(post(update, "cancel"), "cancelled", "cancelled");
    is(post(update, "cancel"), "cancelled", "cancelled");
    ProblemTest.problem(post(update, "pause"), 409, "conflict");
    ProblemTest.problem(post(update, "resume"), 409, "conflict");
    is(gateway.call("GET", update), "cancelled", "cancelled");
  }

  @Test
  void whatIsNotPlannedYetCanBePaused() {
    String update = publish();

    is(post(update, "pause"), "paused", "paused");
    is(post(update, "resume"), "running", "planning");
    plan(new Plan.Fanout(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "cancel"})
  void whereNobodyIsPendingThereIsNothingToControl(String act) {
    String nobody = planned(0);
    String parked = publish();
    plan(new Plan.Park("the template is broken"));

    ProblemTest.problem(post(nobody, act), 409, "conflict");
    ProblemTest.problem(post(parked, act), 409, "conflict");
    assertThat(TestGateway.json(gateway.call("GET", nobody)).getString("control"))
        .isEqualTo("running");
  }

  @Test
  void anUpdateThatIsNotThereIsNotFound() {
    ProblemTest.problem(post("/v1/incidents/none/updates/1", "pause"), 404, "not-found");
  }

  private static void is(HttpResponse<String> response, String control, String progress) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(TestGateway.json(response).getMap())
        .containsEntry("control", control)
        .containsEntry("progress", progress);
  }

  private static HttpResponse<String> post(String update, String act) {
    return gateway.call("POST", update + "/" + act);
  }

  private static String publish() {
    return gateway
        .call(
            "POST",
            "/v1/incidents",
            """
            {"title": "t", "update": {"status": "identified", "body": "x", "affects": [{}]}}\
            """)
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private static String planned(int recipients) {
    String update = publish();
    RoaringBitmap members = new RoaringBitmap();
    members.add(1L, 1L + recipients);
    plan(new Plan.Fanout(List.of(new Part(Channel.EMAIL, 7, members))));
    return update;
  }

  private static void plan(Plan plan) {
    assertThat(plans.next(update -> Future.succeededFuture(plan)).await()).isPresent();
  }
}
