package tocsin.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.delivery.Account;
import tocsin.dispatch.LastSend;
import tocsin.incident.Control;
import tocsin.incident.FanoutState;
import tocsin.incident.Update;

/**
 * An update with the account of its deliveries, as the API shows it.
 *
 * @param accounts empty while the audience is not frozen
 * @param forecasts of the channels with somebody pending, while it is under way
 */
record AccountDocument(
    Update update,
    FanoutState state,
    Map<Channel, Account> accounts,
    Map<Channel, LastSend> forecasts) {
  AccountDocument {
    accounts = Map.copyOf(accounts);
    forecasts = Map.copyOf(forecasts);
  }

  AccountDocument with(Map<Channel, LastSend> forecasts) {
    return new AccountDocument(update, state, accounts, forecasts);
  }

  /** Whether both tell the same; a forecast changes with every look. */
  boolean tellsTheSameAs(AccountDocument other) {
    return with(Map.of()).equals(other.with(Map.of()));
  }

  /** Whether somebody is, or will be, still to be told. */
  boolean isPending() {
    if (state.parked().isPresent() || !update.notifies()) {
      return false;
    }
    return !state.planned() || !pending().isEmpty();
  }

  /** Whether messages are being sent, or would be if there were permits. */
  boolean isUnderWay() {
    return state.planned() && state.control() == Control.RUNNING && isPending();
  }

  /** The channels on which somebody is pending. */
  Set<Channel> pending() {
    return accounts.entrySet().stream()
        .filter(account -> account.getValue().pending() > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Nobody is pending, and nobody will be. */
  boolean isDone() {
    return state.parked().isEmpty() && !isPending();
  }

  JsonObject json() {
    JsonObject deliveries = new JsonObject();
    for (Channel channel : Channel.values()) {
      deliveries.put(channel.word(), json(accounts.getOrDefault(channel, Account.EMPTY)));
    }
    JsonObject json =
        UpdateDocument.of(update)
            .put("control", state.control().word())
            .put("progress", progress());
    state.parked().ifPresent(reason -> json.put("parked", reason));
    json.put("deliveries", deliveries);
    if (!forecasts.isEmpty()) {
      json.put("forecast", ForecastJson.of(forecasts));
    }
    return json.put("firstSentAt", times(Account::firstSentAt).min(order()).orElse(null))
        .put("lastSentAt", times(Account::lastSentAt).max(order()).orElse(null));
  }

  private String progress() {
    if (state.parked().isPresent()) {
      return "parked";
    }
    if (state.control() == Control.CANCELLED) {
      return "cancelled";
    }
    if (!isPending()) {
      return "done";
    }
    if (state.control() == Control.PAUSED) {
      return "paused";
    }
    return state.planned() ? "sending" : "planning";
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

  private Stream<Instant> times(Function<Account, @Nullable Instant> time) {
    return accounts.values().stream().map(time).filter(Objects::nonNull);
  }

  private static Comparator<Instant> order() {
    return Comparator.naturalOrder();
  }
}
