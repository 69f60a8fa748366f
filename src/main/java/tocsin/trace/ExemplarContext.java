package tocsin.trace;

import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/** Which trace a measurement belongs to that is recorded on this thread just now. */
public final class ExemplarContext implements io.prometheus.metrics.tracer.common.SpanContext {
  private static final ThreadLocal<@Nullable SpanContext> CURRENT = new ThreadLocal<>();

  static void during(SpanContext span, Runnable recording) {
    CURRENT.set(span);
    try {
      recording.run();
    } finally {
      CURRENT.remove();
    }
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    SpanContext span = CURRENT.get();
    return span == null ? null : span.getTraceId();
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    SpanContext span = CURRENT.get();
    return span == null ? null : span.getSpanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    SpanContext span = CURRENT.get();
    return span != null && span.isSampled();
  }

  @Override
  public void markCurrentSpanAsExemplar() {}
}
