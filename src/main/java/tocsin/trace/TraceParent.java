package tocsin.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of that name (W3C Trace Context, 3.2). */
final class TraceParent {
  /** A later version may say more, behind another hyphen. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.{0,400})?");

  private TraceParent() {}

  /** An invalid one for what is none. */
  static SpanContext parse(@Nullable String header) {
    Matcher form = FORM.matcher(header == null ? "" : header.strip());
    if (!form.matches() || (form.group(1).equals("00") && form.group(5) != null)) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        form.group(2),
        form.group(3),
        TraceFlags.fromHex(form.group(4), 0),
        TraceState.getDefault());
  }

  static String print(SpanContext span) {
    return "00-%s-%s-%s"
        .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex());
  }
}
