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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes requests for callers that wait. Their threads only park: reading and writing happens on
 * event loops of our own, so it does not matter whether a caller has a Vert.x context, or whether
 * something blocks it. All requests to one place go over one loop, which keeps its connections.
 */
public final class Exchanges implements AutoCloseable {
  private static final long CHECK_MILLIS = 50;

  /** For an event loop that is gone; milliseconds. */
  private static final long LAST_WORD = 1_000;

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
   * more; a body of more than 64 kB is cut.
   */
  public Exchange exchange(RequestOptions to, Buffer content, Deadline deadline) {
    Post post = new Post(to, content, deadline);
    HttpLoop loop = loops.get(Math.floorMod(post.route().hashCode(), loops.size()));
    loop.add(post);
    try {
      return post.result().get();
    } catch (InterruptedException stopped) {
      loop.cut(post, stopped);
      Exchange last =
          post.result()
              .completeOnTimeout(new Exchange.Unanswered(stopped), LAST_WORD, TimeUnit.MILLISECONDS)
              .join();
      Thread.currentThread().interrupt();
      return last;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("an exchange never fails", impossible);
    }
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
