package tocsin.api;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the accounts that somebody watches: each about twice a second, however many watch it,
 * and not at all when nobody does. Thread-safe.
 */
final class AccountWatches {
  private static final Logger log = LoggerFactory.getLogger(AccountWatches.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Accounts accounts;
  private final Map<Integer, AccountWatch> watches = new HashMap<>();

  AccountWatches(Vertx vertx, Accounts accounts) {
    this.vertx = vertx;
    this.accounts = accounts;
  }

  /**
   * Tells the listener of every change since what it has seen, on any thread.
   *
   * @return ends it
   */
  Runnable watch(AccountDocument seen, Consumer<AccountDocument> listener) {
    AccountWatch watch;
    synchronized (watches) {
      watch = watches.computeIfAbsent(seen.update().id(), id -> begin(seen));
      watch.join(listener);
    }
    watch.tell(seen, listener);
    return () -> watch.leave(listener);
  }

  /** How many updates are looked at. */
  int size() {
    synchronized (watches) {
      return watches.size();
    }
  }

  private AccountWatch begin(AccountDocument seen) {
    AccountWatch watch = new AccountWatch(seen);
    lookLater(watch);
    return watch;
  }

  private void lookLater(AccountWatch watch) {
    vertx.setTimer(EVERY.toMillis(), due -> look(watch));
  }

  private void look(AccountWatch watch) {
    synchronized (watches) {
      if (watch.isDeserted()) {
        watches.remove(watch.update().id());
        return;
      }
    }
    accounts
        .of(watch.update())
        .timeout(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(watch::see)
        .onFailure(e -> log.debug("account.unknown update={}", watch.update().id(), e))
        .onComplete(done -> lookLater(watch));
  }
}
