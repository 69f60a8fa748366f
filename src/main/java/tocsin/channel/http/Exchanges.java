package tocsin.channel.http;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes requests for callers that wait. Their threads only park: reading and writing happens on
 * event loops of our own, so it does not matter whether a caller has a Vert.x context, or whether
 * something blocks it.
 */
public final class Exchanges implements AutoCloseable {
  /** For an event loop that is gone; milliseconds. */
  private static final long LAST_WORD = 1_000;

  private final HttpClient client;
  private final List<Context> loops;
  private final AtomicInteger turn = new AtomicInteger();

  /** Waits for its event loops: not to be called from one. */
  public Exchanges(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(Exchanges::tellOnlyTheExchange)
            .build();
    this.loops = loops(vertx);
  }

  /** Follows no redirect and retries nothing; a body of more than 64 kB is cut. */
  public Exchange exchange(RequestOptions to, Buffer content, Deadline deadline) {
    Context loop = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    Post post = new Post();
    loop.runOnContext(go -> post.start(client, to, content));
    try {
      return post.result().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return cut(post, loop, late);
    } catch (InterruptedException stopped) {
      Exchange last = cut(post, loop, stopped);
      Thread.currentThread().interrupt();
      return last;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("an exchange never fails", impossible);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** Without a handler of its own, a connection logs what the peer does as an error of ours. */
  private static void tellOnlyTheExchange(HttpConnection connection) {
    connection.exceptionHandler(told -> {});
  }

  private static Exchange cut(Post post, Context loop, Exception cause) {
    loop.runOnContext(go -> post.cut(cause));
    return post.result()
        .completeOnTimeout(new Exchange.Unanswered(cause), LAST_WORD, TimeUnit.MILLISECONDS)
        .join();
  }

  private static List<Context> loops(Vertx vertx) {
    List<Context> loops = new CopyOnWriteArrayList<>();
    vertx
        .deployVerticle(
            () ->
                context -> {
                  loops.add(context);
                  return Future.succeededFuture();
                },
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .await();
    return loops;
  }
}
