package tocsin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Ports of loopback. */
public final class Loopback {
  /**
   * Below those that the kernel gives to clients, so none of them takes a port before its server.
   */
  private static final int LOWEST = 20_000;

  private static final int COUNT = 12_000;
  private static final AtomicInteger TURN =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Loopback() {}

  /** A port on which nobody listens, never the same twice in a row. */
  public static int freePort() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = LOWEST + Math.floorMod(TURN.getAndIncrement(), COUNT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // the next one
      } catch (IOException none) {
        throw new UncheckedIOException(none);
      }
    }
    throw new IllegalStateException("no free port");
  }

  public static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /**
   * Returns when nobody listens any more: a server that is closed does so until its selector has
   * turned once more.
   */
  public static void awaitClosed(int port) {
    Awaitility.await("port " + port + " is closed")
        .atMost(Duration.ofSeconds(20))
        .until(() -> !listens(port));
  }
}
