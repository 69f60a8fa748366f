package tocsin.channel.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Asks for the addresses of a name, for the one attempt that is about to be made. */
interface Resolver {

  /**
   * Every address, in the order of preference; at least one.
   *
   * @throws UnknownHostException if there is none
   * @throws TimeoutException if no answer came in time
   */
  List<InetAddress> resolve(String host, Duration patience)
      throws UnknownHostException, TimeoutException, InterruptedException;
}
