package tocsin.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Health and metrics, on a port of their own. */
public final class Management {
  private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
  private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Readiness readiness;
  private final PrometheusMeterRegistry metrics;

  public Management(Readiness readiness, PrometheusMeterRegistry metrics) {
    this.readiness = readiness;
    this.metrics = metrics;
    Gauge.builder("tocsin.ready", () -> readiness.wasReady() ? 1 : 0)
        .description("Whether this node takes requests: started, not draining, with its database")
        .register(metrics);
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.get("/livez").handler(context -> answer(context, 200, TEXT, "alive\n"));
    router.get("/readyz").handler(this::ready);
    router.get("/metrics").handler(this::scrape);
    return router;
  }

  private void ready(RoutingContext context) {
    readiness
        .word()
        .onSuccess(
            word -> answer(context, word.equals(Readiness.READY) ? 200 : 503, TEXT, word + "\n"));
  }

  /** Exemplars are in the second form only. */
  private void scrape(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    String type = accept != null && accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : METRICS;
    readiness
        .word()
        .compose(known -> context.vertx().executeBlocking(() -> metrics.scrape(type), false))
        .onSuccess(text -> answer(context, 200, type, String.valueOf(text)))
        .onFailure(context::fail);
  }

  private static void answer(RoutingContext context, int status, String type, String text) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(text);
  }
}
