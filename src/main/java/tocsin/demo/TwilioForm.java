package tocsin.demo;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.render.SmsSegments;

/** The form by which a text is created, fields that are missing being empty. */
record TwilioForm(String to, String from, String service, String body, @Nullable String callback) {
  private static final int LONGEST_BODY = 1600;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private static final Map<String, TwilioError> MAGIC_SENDERS =
      Map.of(
          "+15005550001", new TwilioError(400, 21212, "Invalid From Number"),
          "+15005550007", new TwilioError(400, 21606, "From is not an SMS-capable number"),
          "+15005550008", new TwilioError(400, 21611, "The queue of this From number is full"));
  private static final Map<String, TwilioError> MAGIC_RECIPIENTS =
      Map.of(
          "+15005550001", new TwilioError(400, 21211, "Invalid To Number"),
          "+15005550002", new TwilioError(400, 21612, "No route to this To number"),
          "+15005550003", new TwilioError(400, 21408, "No permission for this region"),
          "+15005550004", new TwilioError(400, 21610, "The recipient has unsubscribed"),
          "+15005550009", new TwilioError(400, 21614, "To is not a mobile number"));

  static TwilioForm of(MultiMap fields) {
    return new TwilioForm(
        field(fields, "To"),
        field(fields, "From"),
        field(fields, "MessagingServiceSid"),
        field(fields, "Body"),
        fields.get("StatusCallback"));
  }

  String sender() {
    return from.isEmpty() ? service : from;
  }

  /** Null where there is nothing against it. */
  @Nullable TwilioError refusal() {
    if (to.isEmpty()) {
      return new TwilioError(400, 21604, "A To number is required");
    }
    if (sender().isEmpty()) {
      return new TwilioError(400, 21603, "A From number or MessagingServiceSid is required");
    }
    if (body.isEmpty()) {
      return new TwilioError(400, 21602, "A Body is required");
    }
    if (body.length() > LONGEST_BODY) {
      return new TwilioError(400, 21617, "The Body is longer than 1600 characters");
    }
    TwilioError sender = MAGIC_SENDERS.get(from);
    return sender == null ? MAGIC_RECIPIENTS.get(to) : sender;
  }

  /** The message resource as the answer to its creation shows it. */
  JsonObject created(String account, String sid, Instant now) {
    String date = DATE.format(now.atOffset(ZoneOffset.UTC));
    String uri = "/2010-04-01/Accounts/" + account + "/Messages/" + sid;
    String segments = service.isEmpty() ? Integer.toString(SmsSegments.count(body)) : "0";
    return new JsonObject()
        .put("account_sid", account)
        .put("api_version", "2010-04-01")
        .put("body", body)
        .put("date_created", date)
        .put("date_sent", null)
        .put("date_updated", date)
        .put("direction", "outbound-api")
        .put("error_code", null)
        .put("error_message", null)
        .put("from", from.isEmpty() ? null : from)
        .put("messaging_service_sid", service.isEmpty() ? null : service)
        .put("num_media", "0")
        .put("num_segments", segments)
        .put("price", null)
        .put("price_unit", null)
        .put("sid", sid)
        .put("status", service.isEmpty() ? "queued" : "accepted")
        .put("subresource_uris", new JsonObject().put("media", uri + "/Media.json"))
        .put("to", to)
        .put("uri", uri + ".json");
  }

  private static String field(MultiMap fields, String name) {
    return Objects.requireNonNullElse(fields.get(name), "");
  }
}
