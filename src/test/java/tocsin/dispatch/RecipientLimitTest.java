package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.channel.Outcome;
import tocsin.delivery.Plans.Part;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.limit.Rate;

class RecipientLimitTest {
  private final Queue<Integer> received = new ConcurrentLinkedQueue<>();
  private EngineFixture engine;

  @BeforeEach
  void start() throws Exception {
    engine = new EngineFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private Update next(RoaringBitmap members) {
    return engine.next("down", Status.IDENTIFIED, new Part(Channel.EMAIL, 4, members));
  }

  @Test
  void whoHadEnoughWaitsAndThenGetsTheLatestOnly() {
    engine.limiter.rates(Map.of("recipient", new Rate(2, Duration.ofHours(1))));
    RoaringBitmap often = engine.subscribers(5, "example.com");
    RoaringBitmap once = engine.subscribers(1, "example.org");
    Lane lane =
        engine.lane(mail -> {
          received.add(mail.id().audience());
          return new Outcome.Sent("queued-1");
        });
    for (int n = 0; n < 2; n++) {
      assertThat(engine.accountWhenDone(next(often)).sent()).isEqualTo(5);
    }

    Update third = next(RoaringBitmap.or(often, once));
    Awaitility.await().until(() -> engine.account(third).sent() == 1);
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from retry where attempts = 0") == 5);
    Update fourth = next(often);
    assertThat(engine.accountWhenDone(third).superseded()).isEqualTo(5);
    Awaitility.await()
        .until(() ->
            engine.number(
                    "select count(*)::int from retry where due_at > now() + interval '50 min'")
                == 5);
    assertThat(received).hasSize(11);

    engine.limiter.rates(Map.of());
    lane.limitsChanged();
    assertThat(engine.accountWhenDone(fourth).sent()).isEqualTo(5);
  }
}
