package tocsin.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Exports spans to a collector by OTLP over HTTP, in batches from a queue that has an end. */
public final class OtlpTraces implements Traces {
  private static final int LONGEST_QUEUE = 4_096;
  private static final Duration LONGEST_EXPORT = Duration.ofSeconds(5);
  private static final long LONGEST_CLOSE_SECONDS = 2;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final double recipients;
  private final UpdateSpans spans;
  private final Clock clock = Clock.getDefault();

  /**
   * @param endpoint as {@code http://collector:4318/v1/traces}
   * @param recipients the share of recipients whose sends are followed, 0 to 1
   * @param version of this gateway
   */
  public OtlpTraces(URI endpoint, double recipients, Pool pool, String version) {
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", "tocsin")
                        .put("service.version", version)
                        .build()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder()
                            .setEndpoint(endpoint.toString())
                            .setTimeout(LONGEST_EXPORT)
                            .build())
                    .setMaxQueueSize(LONGEST_QUEUE)
                    .setExporterTimeout(LONGEST_EXPORT)
                    .build())
            .build();
    this.tracer = provider.get("tocsin", version);
    this.recipients = recipients;
    this.spans = new UpdateSpans(pool);
  }

  @Override
  public Request request(String operation, @Nullable String traceparent) {
    Span span =
        tracer
            .spanBuilder(operation)
            .setSpanKind(SpanKind.SERVER)
            .setParent(under(TraceParent.parse(traceparent)))
            .startSpan();
    return new Request() {
      @Override
      public String traceparent() {
        return TraceParent.print(span.getSpanContext());
      }

      @Override
      public void ended(Map<String, String> attributes, @Nullable Throwable failure) {
        attributes.forEach(span::setAttribute);
        if (failure != null) {
          span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
        }
        span.end();
      }
    };
  }

  @Override
  public boolean samples(int audience, int subscriber) {
    return new SplittableRandom(((long) audience << 32) ^ subscriber).nextDouble() < recipients;
  }

  @Override
  public long now() {
    return clock.now();
  }

  @Override
  public void step(UpdateKey update, String name, long begun, Map<String, String> attributes) {
    long ended = clock.now();
    spans
        .of(update)
        .onSuccess(parent -> {
          if (parent.isValid()) {
            Span span =
                tracer
                    .spanBuilder(name)
                    .setParent(under(parent))
                    .setStartTimestamp(begun, TimeUnit.NANOSECONDS)
                    .setAttribute("tocsin.incident", update.incident())
                    .setAttribute("tocsin.update", update.sequence())
                    .startSpan();
            attributes.forEach(span::setAttribute);
            span.end(ended, TimeUnit.NANOSECONDS);
          }
        });
  }

  @Override
  public void exemplary(UpdateKey update, Runnable recording) {
    spans
        .of(update)
        .otherwise(SpanContext.getInvalid())
        .onSuccess(span -> {
          if (span.isValid()) {
            ExemplarContext.during(span, recording);
          } else {
            recording.run();
          }
        });
  }

  private static Context under(SpanContext parent) {
    return parent.isValid() ? Context.root().with(Span.wrap(parent)) : Context.root();
  }

  @Override
  public void close() {
    provider.shutdown().join(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
