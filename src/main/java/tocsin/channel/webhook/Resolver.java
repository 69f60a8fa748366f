package tocsin.channel.webhook;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Asks for the addresses of a name. */
interface Resolver {

  /**
   * Every address, in the order of preference; at least one. Fails with {@link
   * java.net.UnknownHostException} if there is none, with {@link
   * java.util.concurrent.TimeoutException} if no answer came in time.
   */
  Future<List<InetAddress>> resolve(String host, Duration patience);
}
