package tocsin.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one reader is told of one update's account, until nobody is pending or the reader is gone. A
 * reader who is slower than the changes skips to the latest. Lives on the context of its response.
 */
final class AccountStream {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final HttpServerResponse response;
  private final Promise<Void> over = Promise.promise();
  private @Nullable AccountDocument unwritten;
  private boolean writing;
  private long events;

  AccountStream(HttpServerResponse response) {
    this.response = response;
  }

  /** Completes when there is nothing more to tell, or nobody to tell it to. */
  Future<Void> run(Vertx vertx, AccountWatches watches, AccountDocument first) {
    response
        .exceptionHandler(broken -> over.tryComplete())
        .closeHandler(closed -> over.tryComplete());
    if (response.closed()) {
      return Future.succeededFuture();
    }
    Context context = vertx.getOrCreateContext();
    long heartbeat = vertx.setPeriodic(HEARTBEAT.toMillis(), due -> beat());
    Runnable end = watches.watch(first, account -> context.runOnContext(changed -> show(account)));
    send(ServerSentEvent.RETRY);
    show(first);
    return over.future()
        .onComplete(done -> {
          vertx.cancelTimer(heartbeat);
          end.run();
        });
  }

  private void show(AccountDocument account) {
    unwritten = account;
    write();
  }

  private void write() {
    AccountDocument account = unwritten;
    if (account == null || writing || over.future().isComplete()) {
      return;
    }
    unwritten = null;
    Buffer events = event("account", account);
    if (account.isDone()) {
      send(events.appendBuffer(event("done", account)));
      over.tryComplete();
    } else {
      send(events);
    }
  }

  private void beat() {
    if (!writing) {
      send(ServerSentEvent.HEARTBEAT);
    }
  }

  private Buffer event(String name, AccountDocument account) {
    return new ServerSentEvent(name, ++events, account.json()).bytes();
  }

  /** One at a time: what the reader has not taken in is all that is kept for it. */
  private void send(Buffer bytes) {
    writing = true;
    response
        .write(bytes)
        .onSuccess(taken -> {
          writing = false;
          write();
        })
        .onFailure(gone -> over.tryComplete());
  }
}
