package tocsin.channel.webhook;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The resolver of the machine. Its calls block for as long as a name server likes, and would hold
 * the carrier of a virtual thread meanwhile: they run on a few platform threads of their own.
 */
final class SystemResolver implements Resolver {
  private static final int LOOKUPS = 32;

  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          LOOKUPS,
          LOOKUPS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("tocsin-dns-", 0).factory());

  SystemResolver() {
    lookups.allowCoreThreadTimeOut(true);
  }

  @Override
  public Future<List<InetAddress>> resolve(String host, Duration patience) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    lookups.execute(() -> look(host, answer));
    return Future.fromCompletionStage(answer.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  private static void look(String host, CompletableFuture<List<InetAddress>> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException unknown) {
      answer.completeExceptionally(unknown);
    } catch (RuntimeException refused) {
      UnknownHostException unknown = new UnknownHostException(host);
      unknown.initCause(refused);
      answer.completeExceptionally(unknown);
    }
  }
}
