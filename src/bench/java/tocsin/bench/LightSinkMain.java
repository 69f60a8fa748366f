package tocsin.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A child JVM with a mail server that does as little as one can: one thread, no copy of any mail.
 * {@code port} and {@code octets} are answered with a number.
 */
final class LightSinkMain {
  private static final int BACKLOG = 500;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final AtomicLong octets = new AtomicLong();
  private final String extensions;

  private LightSinkMain(List<String> extensions) throws IOException {
    this.extensions = String.join("\r\n250 ", extensions).replace("250 ", "250-");
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * @param arguments extensions that are offered besides PIPELINING
   */
  public static void main(String[] arguments) throws Exception {
    List<String> extensions = new ArrayList<>(List.of(arguments));
    extensions.addFirst("PIPELINING");
    LightSinkMain sink = new LightSinkMain(extensions);
    Thread.ofPlatform().daemon().name("sink").start(sink::serve);
    Commands.serve(sink::answer);
  }

  private String answer(String command) throws IOException {
    return command.equals("port")
        ? Integer.toString(((InetSocketAddress) server.getLocalAddress()).getPort())
        : Long.toString(octets.get());
  }

  private void serve() {
    try {
      while (server.isOpen()) {
        selector.select();
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          serve(ready.next());
          ready.remove();
        }
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel socket = server.accept();
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      LightSession session = new LightSession(socket, extensions, octets);
      socket.register(selector, SelectionKey.OP_READ, session);
      session.greet();
    } else if (key.attachment() instanceof LightSession session && !session.goOn()) {
      key.channel().close();
    }
  }
}
