package tocsin.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.delivery.Completions;
import tocsin.store.TestDatabase;
import tocsin.trace.Traces;

class ProgressTest {
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = TestDatabase.fresh(vertx);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void whatIsPendingIsNotKnownWhileTheDatabaseIsAway() {
    vertx.deployVerticle(new Progress(new Completions(pool), registry, Traces.OFF)).await();
    Awaitility.await().until(() -> pending() == 0);

    pool.close().await();

    Awaitility.await().until(() -> Double.isNaN(pending()) && Double.isNaN(oldest()));
  }

  private double pending() {
    return registry.get("tocsin.pending").tag("channel", "email").gauge().value();
  }

  private double oldest() {
    return registry.get("tocsin.pending.oldest").tag("channel", "email").gauge().value();
  }
}
