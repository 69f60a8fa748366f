package tocsin.dispatch;

/**
 * A task that may be sent now: its permits are spent.
 *
 * @param probe whether it tries out a host that was down, which costs it no attempt
 */
record Turn(Ready ready, Host host, boolean probe) {
  Task task() {
    return ready.task();
  }
}
