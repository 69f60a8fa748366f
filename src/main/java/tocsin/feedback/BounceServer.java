package tocsin.feedback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.SessionHandler;

/**
 * A mail server for what comes back: the MX of the bounce domain, or what a mail server in front of
 * it hands on to. Takes mail for our own addresses only, and sends none.
 */
public final class BounceServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BounceServer.class);
  private static final int MOST_CONNECTIONS = 200;
  private static final int MOST_OF_ONE_PEER = 50;
  private static final int MOST_RECIPIENTS = 20;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final SMTPServer server;

  private BounceServer(SMTPServer server) {
    this.server = server;
  }

  /**
   * Listens from now on.
   *
   * @param port 0: any free one
   * @param name our host name in the greeting
   * @param tls what STARTTLS shows at that moment; null: it is not offered
   * @throws IllegalStateException where it cannot listen there
   */
  public static BounceServer open(
      String host, int port, String name, @Nullable Supplier<SSLContext> tls, MailHearing hearing) {
    InstantSource clock = InstantSource.system();
    SMTPServer.Builder builder =
        SMTPServer.port(port)
            .bindAddress(address(host))
            .serverSocketFactory(PromptSocket::new)
            .hostName(name)
            .softwareName("Tocsin")
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .backlog(MOST_CONNECTIONS)
            .maxConnections(MOST_CONNECTIONS)
            .maxRecipients(MOST_RECIPIENTS)
            .maxMessageSize(BounceMail.LARGEST)
            .connectionTimeoutMs(Math.toIntExact(LONGEST_SILENCE.toMillis()))
            .sessionHandler(SessionHandler.limitConcurrentSessionsBySource(MOST_OF_ONE_PEER))
            .insertReceivedHeaders(false)
            .fromAddressValidator(address -> true)
            .messageHandlerFactory(context -> new BounceMail(hearing, clock));
    if (tls != null) {
      builder.enableTLS().startTlsSocketFactory(plain -> encrypted(plain, tls.get()));
    }
    SMTPServer server = builder.build();
    server.start();
    log.info("bounces.listening port={} tls={}", server.getPortAllocated(), tls != null);
    return new BounceServer(server);
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** Mails under way are cut, and come again. */
  @Override
  public void close() {
    server.stop();
  }

  /** The library's own would look the peer's name up, and offer suites without certificates. */
  private static SSLSocket encrypted(Socket plain, SSLContext tls) throws IOException {
    var socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("bounce.host cannot be resolved", e);
    }
  }
}
