package tocsin.channel.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
  public List<InetAddress> resolve(String host, Duration patience)
      throws UnknownHostException, TimeoutException, InterruptedException {
    Future<List<InetAddress>> lookup =
        lookups.submit(() -> List.of(InetAddress.getAllByName(host)));
    try {
      return lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw unknown(host, failed);
    } finally {
      lookup.cancel(true);
    }
  }

  private static UnknownHostException unknown(String host, ExecutionException failed) {
    var unknown = new UnknownHostException(host);
    unknown.initCause(failed.getCause());
    return unknown;
  }
}
