package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An update can be followed to its recipients, and whoever follows it holds nothing up. */
class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String UPDATE =
      """
      {"id": "down", "title": "Web", "update": {"status": "investigating", "impact": "major",
        "body": "We are on it.", "affects": [{}]}}
      """;

  @Test
  void anUpdateIsFollowedFromItsCallerToItsRecipients() throws Exception {
    try (Collector collector = new Collector(Collector.Health.WELL);
        EndpointWorld world = new EndpointWorld(settings(collector))) {
      int one = world.subscribed();
      int two = world.subscribed("address", "http://127.0.0.1:1/nobody");

      publish(world);
      Awaitility.await()
          .untilAsserted(() -> assertThat(collector.named("send")).hasSizeGreaterThan(1));

      Span request = collector.named("openIncident").getFirst();
      assertThat(Collector.hex(request.getTraceId())).isEqualTo(TRACE);
      assertThat(Collector.hex(request.getParentSpanId())).isEqualTo(CALLER);
      assertThat(collector.named("plan"))
          .singleElement()
          .satisfies(plan -> assertThat(isUnder(plan, request)).isTrue());
      assertThat(collector.named("send"))
          .allSatisfy(send -> assertThat(isUnder(send, request)).isTrue())
          .extracting(Collector::attributes)
          .anySatisfy(send ->
              assertThat(send)
                  .containsEntry("tocsin.incident", "down")
                  .containsEntry("tocsin.update", "1")
                  .containsEntry("tocsin.channel", "webhook")
                  .containsEntry("tocsin.outcome", "sent")
                  .hasEntrySatisfying(
                      "tocsin.delivery",
                      id -> assertThat(id).endsWith("_" + Integer.toString(one, 36))))
          .anySatisfy(send ->
              assertThat(send)
                  .containsEntry("tocsin.outcome", "deferred")
                  .hasEntrySatisfying(
                      "tocsin.delivery",
                      id -> assertThat(id).endsWith("_" + Integer.toString(two, 36))))
          .noneSatisfy(send -> assertThat(send.toString()).contains("127.0.0.1"));
    }
  }

  @Test
  void howLongAnUpdateTookLeadsToItsTrace() throws Exception {
    try (Collector collector = new Collector(Collector.Health.WELL);
        EndpointWorld world = new EndpointWorld(settings(collector))) {
      world.subscribed();

      publish(world);

      Awaitility.await()
          .untilAsserted(() ->
              assertThat(world.metrics("application/openmetrics-text; version=1.0.0"))
                  .containsPattern(
                      "tocsin_time_to_last_send_seconds_bucket\\{channel=\"webhook\",le=\"[0-9.]+\"} 1 # \\{span_id=\"[0-9a-f]{16}\",trace_id=\""
                          + TRACE)
                  .endsWith("# EOF\n"));
      assertThat(world.metrics("*/*")).doesNotContain(TRACE);
    }
  }

  @Test
  void aCollectorThatIsStuckHoldsNothingUp() throws Exception {
    try (Collector collector = new Collector(Collector.Health.STUCK);
        EndpointWorld world = new EndpointWorld(settings(collector))) {
      world.subscribed();

      publish(world);

      Awaitility.await().until(() -> world.account("down", 1).getInteger("sent") == 1);
    }
  }

  @Test
  void withoutACollectorNothingIsFollowed() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (EndpointWorld world = new EndpointWorld(Map.of())) {
      world.subscribed();
      publish(world);
      Awaitility.await().until(() -> world.account("down", 1).getInteger("sent") == 1);

      assertThat(world.number("select count(*) from incident_update where trace is not null"))
          .isZero();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .noneMatch(name -> name.contains("SpanProcessor"));
    }
  }

  private static Map<String, String> settings(Collector collector) {
    return Map.of("TOCSIN_TRACE_ENDPOINT", collector.endpoint(), "TOCSIN_TRACE_RECIPIENTS", "1");
  }

  private static void publish(EndpointWorld world) {
    Map<String, String> caller =
        Map.of("traceparent", String.join("-", List.of("00", TRACE, CALLER, "01")));
    assertThat(world.call("POST", "/v1/incidents", "application/json", UPDATE, caller).statusCode())
        .isEqualTo(202);
  }

  private static boolean isUnder(Span child, Span parent) {
    return child.getTraceId().equals(parent.getTraceId())
        && child.getParentSpanId().equals(parent.getSpanId());
  }
}
