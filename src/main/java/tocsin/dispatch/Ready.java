package tocsin.dispatch;

import tocsin.limit.Limiter;
import tocsin.render.Prepared;
import tocsin.render.PreparedWebhook;

/**
 * A task with what it will send and what that asks of the limits.
 *
 * @param sender of an SMS; else empty
 */
record Ready(Task task, Prepared prepared, Demands demands, String sender) {
  private static final String WEBHOOK_HOST = "webhook:host:";

  /** The host that it is sent to, as its limit key; empty where there is one provider for all. */
  String host() {
    return prepared instanceof PreparedWebhook ? demands.all().get(demands.shared()).key() : "";
  }

  /** The line that it waits in: the narrowest limit that is set for it, else its host. */
  String line(Limiter limiter) {
    String narrowest = demands.narrowest(limiter);
    return narrowest.isEmpty() ? host() : narrowest;
  }

  /** The host that a line is known to lead to by its key; empty where it is not. */
  static String hostOf(String line) {
    return line.startsWith(WEBHOOK_HOST) ? line : "";
  }
}
