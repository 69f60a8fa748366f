package tocsin.audience;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;

/** Entries of the suppression list as JSON, for the API, the import and the export. */
public final class SuppressionJson {
  private static final Set<String> FIELDS = Set.of("channel", "address", "reason");

  private SuppressionJson() {}

  /** Throws a ProblemException that holds every field error. A missing reason is MANUAL. */
  public static SuppressedAddress parse(JsonObject json) {
    var errors = new ArrayList<FieldError>();
    var fields = new JsonFields(json, "", errors);
    fields.allow(FIELDS);
    Channel channel = fields.channel();
    Address address = fields.address(channel, WebhookUrl::check);
    SuppressionReason reason = reason(fields);
    if (address == null || reason == null || !errors.isEmpty()) {
      throw Problem.validation(errors).exception();
    }
    return new SuppressedAddress(address, reason);
  }

  /** Every address that the text may be: none where it is one of no channel. */
  public static List<Address> addresses(String text) {
    return Stream.of(EmailAddress.check(text), PhoneNumber.check(text), WebhookUrl.check(text))
        .filter(Address.class::isInstance)
        .map(Address.class::cast)
        .toList();
  }

  public static JsonObject print(Suppression entry) {
    return new JsonObject()
        .put("id", entry.id())
        .mergeIn(line(entry))
        .put("source", entry.source())
        .put("at", entry.at().toString());
  }

  /** In the form of {@link #parse}. */
  static JsonObject line(Suppression entry) {
    var json = new JsonObject().put("channel", entry.channel().word());
    if (entry.address() != null) {
      json.put("address", entry.address());
    }
    return json.put("reason", entry.reason().word());
  }

  private static @Nullable SuppressionReason reason(JsonFields fields) {
    String word = fields.text("reason");
    if (word == null) {
      return SuppressionReason.MANUAL;
    }
    SuppressionReason reason = SuppressionReason.of(word).orElse(null);
    if (reason == null || reason == SuppressionReason.ERASED) {
      fields.wrong("reason", "must be bounce, complaint, unsubscribed or manual");
      return null;
    }
    return reason;
  }
}
