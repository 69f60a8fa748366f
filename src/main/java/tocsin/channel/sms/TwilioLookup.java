package tocsin.channel.sms;

import com.twilio.exception.TwilioException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Message;

/**
 * Looks for a message that may have been taken, at once and again a little later: the same text to
 * the same number, made since we asked. What is found was taken; what is not found may still have
 * been.
 */
final class TwilioLookup {
  private static final int PAGE = 20;

  /** Clocks differ, and Twilio's has whole seconds. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private static final Set<String> NEVER_SENT = Set.of("failed", "undelivered", "canceled");

  private final TwilioRestClient client;
  private final Duration listing;

  /**
   * @param listing between the two looks
   */
  TwilioLookup(TwilioRestClient client, Duration listing) {
    this.client = client;
    this.listing = listing;
  }

  /** Its id. */
  Optional<String> find(Message.Sms message, Instant asked) {
    return look(message, asked).or(() -> slept() ? look(message, asked) : Optional.empty());
  }

  private boolean slept() {
    try {
      Thread.sleep(listing);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Not by the date of sending, which a message that is still queued lacks; newest first. */
  private Optional<String> look(Message.Sms message, Instant asked) {
    Request request =
        new Request(
            HttpMethod.GET,
            Domains.API.toString(),
            "/2010-04-01/Accounts/" + client.getAccountSid() + "/Messages.json");
    request.addQueryParam("To", message.to());
    request.addQueryParam("PageSize", Integer.toString(PAGE));
    try {
      JsonArray messages =
          new JsonObject(client.request(request).getContent()).getJsonArray("messages");
      return messages == null ? Optional.empty() : match(messages, message, asked);
    } catch (TwilioFailure | TwilioException | DecodeException | ClassCastException unanswered) {
      return Optional.empty();
    }
  }

  private static Optional<String> match(JsonArray messages, Message.Sms wanted, Instant asked) {
    return messages.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(found -> wanted.to().equals(found.getString("to")))
        .filter(found -> wanted.text().equals(found.getString("body")))
        .filter(found -> !NEVER_SENT.contains(found.getString("status", "")))
        .filter(found -> isSince(found.getString("date_created"), asked.minus(SLACK)))
        .map(found -> found.getString("sid", ""))
        .findFirst();
  }

  private static boolean isSince(@Nullable String date, Instant asked) {
    try {
      return date != null
          && !OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant()
              .isBefore(asked);
    } catch (DateTimeException unreadable) {
      return false;
    }
  }
}
