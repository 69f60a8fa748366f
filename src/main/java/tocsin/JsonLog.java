package tocsin;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.vertx.core.json.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log line as one JSON object, in which the event that it begins with is a member, and what the
 * line tells as {@code name={}} one of that name: {@code incident}, {@code update}, {@code
 * delivery}...
 */
public final class JsonLog extends JsonEncoder {
  private static final Pattern EVENT = Pattern.compile("[a-z]+\\.[a-z_]+(?= |$)");
  private static final Pattern FIELD = Pattern.compile("(?:([a-z_]+)=)?\\{}");

  public JsonLog() {
    setWithFormattedMessage(true);
    setWithMessage(false);
    setWithArguments(false);
    setWithContext(false);
    setWithSequenceNumber(false);
  }

  @Override
  protected void appendCustomFields(StringBuilder json, ILoggingEvent event) {
    Matcher name = EVENT.matcher(event.getMessage());
    if (name.lookingAt()) {
      appendValueSeparator(json, true);
      json.append("\"event\":").append(Json.encode(name.group()));
    }
    @Nullable Object @Nullable [] arguments = event.getArgumentArray();
    if (arguments == null) {
      return;
    }
    Matcher field = FIELD.matcher(event.getMessage());
    for (int i = 0; i < arguments.length && field.find(); i++) {
      if (field.group(1) != null) {
        appendValueSeparator(json, true);
        json.append(Json.encode(field.group(1))).append(':').append(value(arguments[i]));
      }
    }
  }

  private static String value(@Nullable Object argument) {
    return Json.encode(
        argument instanceof Number || argument instanceof Boolean
            ? argument
            : String.valueOf(argument));
  }
}
