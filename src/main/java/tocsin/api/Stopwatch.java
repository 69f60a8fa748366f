package tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts the requests of an operation and how long they took, by the class of their status. */
final class Stopwatch implements Handler<RoutingContext> {
  /** There from the start: an alert sees only what rises. */
  private static final List<String> FAILURES = List.of("5xx", "cut");

  private final Operation operation;
  private final MeterRegistry registry;

  Stopwatch(Operation operation, MeterRegistry registry) {
    this.operation = operation;
    this.registry = registry;
    FAILURES.forEach(this::timer);
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
    return Timer.builder("tocsin.request")
        .description("Requests of the API, by operation and class of status")
        .tag("operation", operation.id())
        .tag("status", status)
        .register(registry);
  }
}
