package tocsin.api;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts requests of one kind and how long they took, by the class of their status. */
public final class Stopwatch implements Handler<RoutingContext> {
  /** There from the start: an alert sees only what rises. */
  private static final List<String> FAILURES = List.of("5xx", "cut");

  private final MeterProvider<Timer> timers;

  private Stopwatch(Timer.Builder timer, MeterRegistry registry) {
    this.timers = timer.withRegistry(registry);
    FAILURES.forEach(this::timer);
  }

  static Stopwatch of(Operation operation, MeterRegistry registry) {
    return new Stopwatch(
        Timer.builder("tocsin.request")
            .description("Requests of the API, by operation and class of status")
            .tag("operation", operation.id()),
        registry);
  }

  /**
   * @param path as routes are written
   */
  public static Stopwatch of(String path, MeterRegistry registry) {
    return new Stopwatch(
        Timer.builder("tocsin.path")
            .description("Requests of pages and callbacks, by path and class of status")
            .tag("path", path),
        registry);
  }

  @Override
  public void handle(RoutingContext context) {
    long begun = System.nanoTime();
    context.addEndHandler(end ->
        timer(end.succeeded() ? context.response().getStatusCode() / 100 + "xx" : "cut")
            .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
    context.next();
  }

  private Timer timer(String status) {
    return timers.withTag("status", status);
  }
}
