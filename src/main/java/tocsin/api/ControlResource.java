package tocsin.api;

import io.vertx.core.Future;
import java.util.Map;
import tocsin.incident.Control;
import tocsin.incident.Controls;
import tocsin.incident.Problem;

/** Pauses, resumes and cancels the fan-out of an update. */
public final class ControlResource implements Resource {
  private final Accounts accounts;
  private final Controls controls;

  public ControlResource(Accounts accounts, Controls controls) {
    this.accounts = accounts;
    this.controls = controls;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "pauseUpdate", call -> change(call, Control.PAUSED),
        "resumeUpdate", call -> change(call, Control.RUNNING),
        "cancelUpdate", call -> change(call, Control.CANCELLED));
  }

  private Future<Answer> change(Call call, Control wanted) {
    return accounts
        .update(call)
        .compose(accounts::of)
        .compose(before ->
            before.state().control() == wanted
                ? Future.succeededFuture(before)
                : change(before, wanted))
        .map(account -> Answer.ok(account.json()));
  }

  private Future<AccountDocument> change(AccountDocument before, Control wanted) {
    if (before.state().control() != Control.CANCELLED && !before.isPending()) {
      return Future.failedFuture(
          Problem.conflict("nobody is pending: there is nothing to control").exception());
    }
    return controls
        .change(before.update().id(), wanted)
        .compose(changed -> accounts.of(before.update()));
  }
}
