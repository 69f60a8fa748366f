package tocsin.channel.http;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes requests, from any thread. Reading and writing happens on event loops of our own, so it
 * does not matter whether a caller has a Vert.x context, or whether something blocks it. Requests
 * to one place go over one loop, which keeps its connections, until they are too many for it.
 */
public final class Exchanges implements AutoCloseable {
  private static final long CHECK_MILLIS = 50;
  private static final int FAR_MORE = 8;
  private static final Comparator<HttpLoop> BY_LOAD = Comparator.comparingInt(HttpLoop::load);

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final List<HttpLoop> loops;
  private final long checks;

  /**
   * Waits for its event loops: not to be called from one.
   *
   * @param options its keep-alive time-out is how long a connection waits for another request
   */
  public Exchanges(Vertx vertx, HttpClientOptions options) {
    this.vertx = vertx;
    this.client = vertx.httpClientBuilder().with(options).build();
    Duration keepAlive = Duration.ofSeconds(options.getKeepAliveTimeout());
    this.loops =
        contexts(vertx).stream().map(loop -> new HttpLoop(loop, client, keepAlive)).toList();
    this.checks = vertx.setPeriodic(CHECK_MILLIS, id -> loops.forEach(HttpLoop::check));
  }

  /**
   * Follows no redirect and retries nothing, but for a kept connection that takes no request any
   * more; a body of more than 64 kB is cut. Never fails.
   */
  public Future<Exchange> exchange(RequestOptions to, Buffer content, Deadline deadline) {
    Post post = new Post(to, content, deadline);
    loopFor(post.route()).add(post);
    return post.result();
  }

  /** Where connections to that place are kept, unless that loop has far more to do than another. */
  private HttpLoop loopFor(Route route) {
    HttpLoop usual = loops.get(Math.floorMod(route.hashCode(), loops.size()));
    if (usual.load() <= FAR_MORE) {
      return usual;
    }
    HttpLoop least = Collections.min(loops, BY_LOAD);
    return usual.load() - least.load() > FAR_MORE ? least : usual;
  }

  @Override
  public void close() {
    vertx.cancelTimer(checks);
    client.close();
  }

  private static List<Context> contexts(Vertx vertx) {
    List<Context> contexts = new CopyOnWriteArrayList<>();
    vertx
        .deployVerticle(
            () ->
                context -> {
                  contexts.add(context);
                  return Future.succeededFuture();
                },
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .await();
    return contexts;
  }
}
