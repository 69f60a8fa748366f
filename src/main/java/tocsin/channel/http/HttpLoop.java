package tocsin.channel.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of one event loop, and the connections that it keeps. Only {@link #add} and {@link
 * #check} may be called from outside.
 */
final class HttpLoop {
  private static final int MOST_KEPT = 1_000;

  private final Context loop;
  private final HttpClientAgent client;
  private final Queue<Post> added = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isCollecting = new AtomicBoolean();

  /** And those that have ended since the last look. */
  private final List<Post> open = new ArrayList<>();

  private final AtomicInteger load = new AtomicInteger();
  private final KeptConnections kept;

  HttpLoop(Context loop, HttpClientAgent client, Duration keepAlive) {
    this.loop = loop;
    this.client = client;
    this.kept = new KeptConnections(MOST_KEPT, keepAlive);
  }

  /** From any thread: many that come at once wake the loop once. */
  void add(Post post) {
    load.incrementAndGet();
    post.result().onComplete(end -> load.decrementAndGet());
    added.add(post);
    if (isCollecting.compareAndSet(false, true)) {
      loop.runOnContext(go -> collect());
    }
  }

  /** Requests that have not ended; from any thread. */
  int load() {
    return load.get();
  }

  /** Cuts what is late, closes what waits in vain; from any thread, now and then. */
  void check() {
    loop.runOnContext(go -> {
      open.removeIf(post -> post.result().isComplete());
      for (Post post : List.copyOf(open)) {
        if (post.deadline().over()) {
          post.cut(new TimeoutException("no answer in time"));
        }
      }
      kept.closeOld();
    });
  }

  private void collect() {
    isCollecting.set(false);
    for (Post post = added.poll(); post != null; post = added.poll()) {
      start(post);
    }
  }

  private void start(Post post) {
    open.add(post);
    HttpClientConnection known = kept.take(post.route());
    if (known == null) {
      connect(post);
    } else {
      send(post, known, () -> connect(post));
    }
  }

  private void connect(Post post) {
    Future.succeededFuture()
        .compose(go -> client.connect(post.route().options()))
        .onSuccess(fresh -> {
          // without a handler, a connection logs what the peer does as an error of ours
          fresh.exceptionHandler(told -> {});
          send(
              post,
              fresh,
              () -> post.unreachable(new IllegalStateException("closed when it was opened")));
        })
        .onFailure(post::unreachable);
  }

  private void send(Post post, HttpClientConnection connection, Runnable stale) {
    post.start(connection, () -> kept.keep(post.route(), connection), stale);
  }
}
