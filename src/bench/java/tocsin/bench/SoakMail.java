package tocsin.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server with the moods of real ones: some recipients are refused for good, some for now,
 * and at times all. It keeps the links that newcomers are mailed.
 */
final class SoakMail implements AutoCloseable {
  static final String NEWCOMER = "new.";

  private static final int MOST_CONNECTIONS = 200;
  private static final Pattern CONFIRM = Pattern.compile("/confirm/([a-z0-9]+)");
  private static final Pattern LEAVE = Pattern.compile("List-Unsubscribe: <[^>]*/u/([a-z0-9]+)>");

  private final LongAdder taken = new LongAdder();
  private final BlockingQueue<String> confirmations = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> waysOut = new LinkedBlockingQueue<>();
  private final SMTPServer server;
  private volatile boolean down;

  SoakMail() {
    this.server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .maxConnections(MOST_CONNECTIONS)
            .insertReceivedHeaders(false)
            .messageHandlerFactory(Transaction::new)
            .build();
    server.start();
  }

  int port() {
    return server.getPortAllocated();
  }

  long taken() {
    return taken.sum();
  }

  /** From now on nobody is taken, or those that usually are. */
  void down(boolean now) {
    down = now;
  }

  /** Paths that confirm an opt-in. */
  BlockingQueue<String> confirmations() {
    return confirmations;
  }

  /** Paths on which newcomers leave. */
  BlockingQueue<String> waysOut() {
    return waysOut;
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Transaction implements MessageHandler {
    private String recipient = "";

    Transaction(MessageContext context) {}

    @Override
    public void from(String sender) throws RejectException {
      if (down) {
        throw new RejectException(421, "4.3.2 shutting down");
      }
    }

    @Override
    public void recipient(String address) throws RejectException {
      int lot = Math.floorMod(address.hashCode(), 1_000);
      if (lot < 2) {
        throw new RejectException(550, "5.1.1 no such user");
      }
      if (lot < 20) {
        throw new RejectException(451, "4.2.1 try again later");
      }
      recipient = address;
    }

    @Override
    public String data(InputStream stream) throws IOException {
      String mail = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      taken.increment();
      if (recipient.startsWith(NEWCOMER)) {
        keep(mail.replace("=\r\n", ""));
      }
      return "taken";
    }

    private void keep(String mail) {
      Matcher confirm = CONFIRM.matcher(mail);
      Matcher leave = LEAVE.matcher(mail.replace("\r\n ", " "));
      if (confirm.find()) {
        confirmations.add(confirm.group());
      } else if (leave.find()) {
        waysOut.add("/u/" + leave.group(1));
      }
    }

    @Override
    public void done() {}
  }
}
