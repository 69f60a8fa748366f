package tocsin.api;

import io.vertx.core.Future;
import tocsin.delivery.Deliveries;
import tocsin.incident.Controls;
import tocsin.incident.Incidents;
import tocsin.incident.Update;

/** Reads the account documents of updates. */
public final class Accounts {
  private final Incidents incidents;
  private final Controls controls;
  private final Deliveries deliveries;

  public Accounts(Incidents incidents, Controls controls, Deliveries deliveries) {
    this.incidents = incidents;
    this.controls = controls;
    this.deliveries = deliveries;
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
                .map(accounts -> new AccountDocument(update, state, accounts)));
  }
}
