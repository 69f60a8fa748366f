package tocsin.api;

import io.vertx.core.Future;
import java.util.Map;
import tocsin.delivery.Deliveries;
import tocsin.dispatch.Forecasts;
import tocsin.incident.Controls;
import tocsin.incident.Incidents;
import tocsin.incident.Update;

/** Reads the account documents of updates. */
public final class Accounts {
  private final Incidents incidents;
  private final Controls controls;
  private final Deliveries deliveries;
  private final Forecasts forecasts;

  public Accounts(
      Incidents incidents, Controls controls, Deliveries deliveries, Forecasts forecasts) {
    this.incidents = incidents;
    this.controls = controls;
    this.deliveries = deliveries;
    this.forecasts = forecasts;
  }

  /** The update that the path names. Fails with a not-found problem. */
  Future<Update> update(Call call) {
    return incidents.update(call.text("incident"), call.number("sequence"));
  }

  /** The state is read before the counts, so that what is planned has counts. */
  Future<AccountDocument> of(Update update) {
    return controls
        .state(update.id())
        .compose(state ->
            deliveries
                .account(update.id())
                .map(accounts -> new AccountDocument(update, state, accounts, Map.of())))
        .compose(this::withForecast);
  }

  private Future<AccountDocument> withForecast(AccountDocument account) {
    return account.isUnderWay()
        ? forecasts.of(account.update().id(), account.pending()).map(account::with)
        : Future.succeededFuture(account);
  }
}
