package tocsin;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Set;
import tocsin.trace.ExemplarContext;

/** The registry behind {@code /metrics}, with the JVM's and Vert.x's own figures in it. */
final class Metrics {
  /**
   * Counted by the lanes and by the API themselves: at the lanes' speed, counting each read and
   * write costs as much, and of an HTTP server each method is a label, which anybody can invent.
   */
  private static final Set<MetricsDomain> UNSEEN =
      EnumSet.of(
          MetricsDomain.NET_CLIENT,
          MetricsDomain.NET_SERVER,
          MetricsDomain.HTTP_SERVER,
          MetricsDomain.HTTP_CLIENT,
          MetricsDomain.EVENT_BUS,
          MetricsDomain.DATAGRAM_SOCKET);

  private Metrics() {}

  static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT,
            new PrometheusRegistry(),
            Clock.SYSTEM,
            new ExemplarContext());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    // listens for as long as the process lives
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(registry);
    return registry;
  }

  static Vertx observed(PrometheusMeterRegistry registry) {
    MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
    UNSEEN.forEach(options::addDisabledMetricsCategory);
    return Vertx.builder()
        .with(new VertxOptions().setMetricsOptions(options))
        .withMetrics(new MicrometerMetricsFactory(registry))
        .build();
  }
}
