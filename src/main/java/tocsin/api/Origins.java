package tocsin.api;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Origin;
import tocsin.incident.Problem;

/** Where a request to publish came from, so that its repeat is known. */
final class Origins {
  private static final String HEADER = "Idempotency-Key";

  /** A structured field's string, or the bare text that many clients send. */
  private static final Pattern KEY =
      Pattern.compile("\"(?<quoted>[!#-\\[\\]-~]{1,255})\"|(?<bare>[!#-~][!-~]{0,254})");

  private Origins() {}

  /** Throws a VALIDATION problem for a key that is none. */
  static Origin of(Call call) {
    return new Origin(
        "api:" + call.caller().name(),
        key(call.request().getHeader(HEADER)),
        Fingerprint.of(
            call.request().method().name(),
            Objects.requireNonNull(call.request().path()),
            call.body()));
  }

  private static @Nullable String key(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher key = KEY.matcher(header.strip());
    if (!key.matches()) {
      throw Problem.validation(HEADER, "must be 1 to 255 visible ASCII characters").exception();
    }
    return key.group("quoted") == null ? key.group("bare") : key.group("quoted");
  }
}
