package tocsin.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tocsin.incident.Update;

/** One update's account as it was last seen, and who wants to know when that changes. */
final class AccountWatch {
  private final Set<Consumer<AccountDocument>> listeners = ConcurrentHashMap.newKeySet();
  private volatile AccountDocument last;

  AccountWatch(AccountDocument first) {
    last = first;
  }

  Update update() {
    return last.update();
  }

  void join(Consumer<AccountDocument> listener) {
    listeners.add(listener);
  }

  void leave(Consumer<AccountDocument> listener) {
    listeners.remove(listener);
  }

  boolean isDeserted() {
    return listeners.isEmpty();
  }

  /** Tells one listener of what is there, unless it has seen just that. */
  void tell(AccountDocument seen, Consumer<AccountDocument> listener) {
    AccountDocument present = last;
    if (!present.tellsTheSameAs(seen)) {
      listener.accept(present);
    }
  }

  void see(AccountDocument present) {
    AccountDocument before = last;
    last = present;
    listeners.forEach(listener -> tell(before, listener));
  }
}
