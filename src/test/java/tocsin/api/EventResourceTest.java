package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.api.EventReader.Event;
import tocsin.audience.Channel;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Plans.Plan;

/** Whoever watches an update learns of each change of its account, over a socket. */
class EventResourceTest {
  private static final int RECIPIENTS = 100;
  private static final TestGateway gateway = new TestGateway();
  private static final Plans plans = new Plans(gateway.pool, Duration.ZERO);

  private int update;

  @AfterAll
  static void close() {
    gateway.close();
  }

  @AfterEach
  void nobodyWatchesAnyMore() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> gateway.events.streams() == 0 && gateway.events.watched() == 0);
  }

  @Test
  void anAccountComesAtOnceAndAfterEachChangeUntilNobodyIsPending() {
    String path = planned("\"x\"");
    try (EventReader reader = new EventReader(gateway.port(), path)) {
      assertThat(reader.status).isEqualTo("HTTP/1.1 200 OK");
      assertThat(reader.headers)
          .containsEntry("content-type", "text/event-stream")
          .containsEntry("cache-control", "no-store")
          .containsEntry("x-accel-buffering", "no");
      Event first = next(reader);
      assertThat(first.name()).isEqualTo("account");
      assertThat(first.data().fieldNames()).contains("forecast");
      assertThat(withoutForecast(first.data()))
          .isEqualTo(
              withoutForecast(TestGateway.json(gateway.call("GET", path.replace("/events", "")))));

      sent(10);
      Event second = next(reader);
      assertThat(second.name()).isEqualTo("account");
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(sent(second)).isEqualTo(10);

      sent(RECIPIENTS);
      assertThat(sent(next(reader))).isEqualTo(RECIPIENTS);
      Event done = next(reader);
      assertThat(done.name()).isEqualTo("done");
      assertThat(done.data().getString("progress")).isEqualTo("done");
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void aReaderWhoComesBackIsToldEverythingAgain() {
    String path = planned("\"x\"");
    sent(RECIPIENTS);
    try (EventReader reader = new EventReader(gateway.port(), path, "Last-Event-ID: no-such")) {
      assertThat(sent(next(reader))).isEqualTo(RECIPIENTS);
      assertThat(next(reader).name()).isEqualTo("done");
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void whoeverWatchesTheSameUpdateSharesTheLook() {
    String path = planned("\"x\"");
    List<EventReader> readers = new ArrayList<>();
    for (int i = 0; i < TestGateway.MOST_STREAMS; i++) {
      readers.add(new EventReader(gateway.port(), path));
    }

    readers.forEach(EventResourceTest::next);
    sent(7);

    assertThat(readers).allSatisfy(reader -> assertThat(sent(next(reader))).isEqualTo(7));
    assertThat(gateway.events.streams()).isEqualTo(TestGateway.MOST_STREAMS);
    assertThat(gateway.events.watched()).isEqualTo(1);
    try (EventReader oneTooMany = new EventReader(gateway.port(), path)) {
      assertThat(oneTooMany.status).isEqualTo("HTTP/1.1 503 Service Unavailable");
      assertThat(oneTooMany.headers)
          .containsEntry("retry-after", "5")
          .containsEntry("content-type", "application/problem+json");
    }
    readers.forEach(EventReader::close);
  }

  @Test
  void aReaderWhoHangsUpIsNoticed() {
    String path = planned("\"x\"");
    EventReader reader = new EventReader(gateway.port(), path);
    next(reader);
    assertThat(gateway.events.streams()).isEqualTo(1);

    reader.close();

    await().atMost(Duration.ofSeconds(20)).until(() -> gateway.events.streams() == 0);
  }

  @Test
  void aReaderWhoDoesNotReadSkipsToTheLatest() {
    String path = planned(almostAMebibyte());
    int changes = 12;
    try (EventReader slow = new EventReader(gateway.port(), path);
        EventReader fast = new EventReader(gateway.port(), path)) {
      next(fast);
      for (int i = 1; i < changes; i++) {
        sent(i);
        assertThat(sent(next(fast))).isEqualTo(i);
      }
      sent(RECIPIENTS);
      assertThat(sent(next(fast))).isEqualTo(RECIPIENTS);

      List<Integer> seen = new ArrayList<>();
      for (Event event = next(slow); event.name().equals("account"); event = next(slow)) {
        seen.add(sent(event));
      }

      assertThat(seen).hasSizeLessThan(changes).isSorted().endsWith(RECIPIENTS);
      assertThat(slow.next()).isEmpty();
    }
  }

  @Test
  void anUpdateThatIsNotThereHasNoEvents() {
    ProblemTest.problem(
        gateway.call("GET", "/v1/incidents/none/updates/1/events"), 404, "not-found");
  }

  private static JsonObject withoutForecast(JsonObject account) {
    account.remove("forecast");
    return account;
  }

  private static Event next(EventReader reader) {
    Optional<Event> event = reader.next();
    assertThat(event).isPresent();
    return event.orElseThrow();
  }

  private static int sent(Event event) {
    return event.data().getJsonObject("deliveries").getJsonObject("email").getInteger("sent");
  }

  /** Puts on record that so many were sent to. */
  private void sent(int count) {
    gateway
        .pool
        .preparedQuery(
            """
            update chunk set sent = $2, settled = $2, done = ($2 = size)
             where audience = (select id from audience where update_id = $1)
            """)
        .execute(Tuple.of(update, count))
        .await();
  }

  private static String almostAMebibyte() {
    return IntStream.range(0, 13)
        .mapToObj(i -> "\"de-A%c\": \"%s\"".formatted('A' + i, "€".repeat(25_000)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** An update with these words, planned for a hundred recipients: where its events are. */
  private String planned(String body) {
    String location =
        gateway
            .call(
                "POST",
                "/v1/incidents",
                """
                {"title": "t", "update": {"status": "identified", "body": %s, "affects": [{}]}}\
                """
                    .formatted(body))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    RoaringBitmap members = new RoaringBitmap();
    members.add(1L, 1L + RECIPIENTS);
    Plan plan = new Plan.Fanout(List.of(new Part(Channel.EMAIL, 7, members)));
    update = plans.next(next -> Future.succeededFuture(plan)).await().orElseThrow().id();
    return location + "/events";
  }
}
