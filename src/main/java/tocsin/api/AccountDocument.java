package tocsin.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.delivery.Account;
import tocsin.incident.Update;

/** An update with the account of its deliveries, as the API shows it. */
final class AccountDocument {
  private AccountDocument() {}

  /**
   * @param accounts empty while the audience is not frozen
   * @param parked why an operator must act; empty where none must
   */
  static JsonObject of(Update update, Map<Channel, Account> accounts, Optional<String> parked) {
    JsonObject deliveries = new JsonObject();
    for (Channel channel : Channel.values()) {
      deliveries.put(channel.word(), json(accounts.getOrDefault(channel, Account.EMPTY)));
    }
    JsonObject json = UpdateDocument.of(update).put("progress", progress(update, accounts, parked));
    parked.ifPresent(reason -> json.put("parked", reason));
    return json.put("deliveries", deliveries)
        .put("firstSentAt", times(accounts, Account::firstSentAt).min(order()).orElse(null))
        .put("lastSentAt", times(accounts, Account::lastSentAt).max(order()).orElse(null));
  }

  private static String progress(
      Update update, Map<Channel, Account> accounts, Optional<String> parked) {
    if (parked.isPresent()) {
      return "parked";
    }
    if (accounts.isEmpty()) {
      return update.notifies() ? "planning" : "done";
    }
    return accounts.values().stream().anyMatch(account -> account.pending() > 0)
        ? "sending"
        : "done";
  }

  private static JsonObject json(Account account) {
    return new JsonObject()
        .put("audience", account.audience())
        .put("sent", account.sent())
        .put("failed", account.failed())
        .put("suppressed", account.suppressed())
        .put("withdrawn", account.withdrawn())
        .put("superseded", account.superseded())
        .put("pending", account.pending());
  }

  private static Stream<Instant> times(
      Map<Channel, Account> accounts, Function<Account, @Nullable Instant> time) {
    return accounts.values().stream().map(time).filter(Objects::nonNull);
  }

  private static Comparator<Instant> order() {
    return Comparator.naturalOrder();
  }
}
