package tocsin.dispatch;

import tocsin.render.Prepared;

/** A task with what it will send and what that asks of the limits. */
record Ready(Task task, Prepared prepared, Demands demands) {
  /**
   * What it shares the workers with: its domain or host; empty where there is only one provider.
   */
  String host() {
    return demands.own().isEmpty() ? "" : demands.own().getFirst().key();
  }
}
