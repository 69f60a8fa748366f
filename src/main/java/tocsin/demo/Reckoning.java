package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.delivery.Account;

/**
 * The gateway's account of one update, as its API gives it.
 *
 * @param progress {@code planning}, {@code sending}, {@code done} or {@code parked}
 * @param accounts of every channel; an empty account where the gateway names none
 * @param firstSentAt null while nothing was handed over
 * @param lastSentAt null while nothing was handed over
 */
record Reckoning(
    String progress,
    Map<Channel, Account> accounts,
    Instant acceptedAt,
    @Nullable Instant firstSentAt,
    @Nullable Instant lastSentAt) {

  Reckoning {
    accounts = Map.copyOf(accounts);
  }

  /**
   * @param update the answer to {@code GET /v1/incidents/{id}/updates/{sequence}}
   */
  static Reckoning of(JsonObject update) {
    JsonObject deliveries = update.getJsonObject("deliveries", new JsonObject());
    Map<Channel, Account> accounts = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      accounts.put(channel, account(deliveries.getJsonObject(channel.word())));
    }
    return new Reckoning(
        update.getString("progress"),
        accounts,
        update.getInstant("acceptedAt"),
        update.getInstant("firstSentAt"),
        update.getInstant("lastSentAt"));
  }

  private static Account account(@Nullable JsonObject json) {
    if (json == null) {
      return Account.EMPTY;
    }
    return new Account(
        json.getInteger("audience", 0),
        json.getInteger("sent", 0),
        json.getInteger("failed", 0),
        json.getInteger("suppressed", 0),
        json.getInteger("withdrawn", 0),
        json.getInteger("superseded", 0),
        null,
        null);
  }

  Account on(Channel channel) {
    return accounts.getOrDefault(channel, Account.EMPTY);
  }

  int sent() {
    return accounts.values().stream().mapToInt(Account::sent).sum();
  }

  /** Nobody waits any more, or an operator must act. */
  boolean isSettled() {
    return !progress.equals("planning") && !progress.equals("sending");
  }
}
