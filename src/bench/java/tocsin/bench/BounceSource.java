package tocsin.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tocsin.audience.DeliveryId;
import tocsin.audience.SignedReturnPath;

/** A relay that sends bounces over some connections, each when the one before was taken. */
final class BounceSource {
  private static final int CONNECTIONS = 20;
  private static final String REPORT =
      """
      From: Mail Delivery System <MAILER-DAEMON@relay.example.net>
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary="part"

      --part
      Content-Type: text/plain; charset=us-ascii

      I'm sorry to have to inform you that your message could not
      be delivered to one or more recipients. It's attached below.

      <person@domain.example>: host mx.domain.example[192.0.2.25] said:
          552 5.2.2 mailbox full (in reply to RCPT TO command)

      --part
      Content-Type: message/delivery-status

      Reporting-MTA: dns; relay.example.net
      Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000

      Final-Recipient: rfc822; person@domain.example
      Action: failed
      Status: 5.2.2
      Diagnostic-Code: smtp; 552 5.2.2 mailbox full

      --part
      Content-Type: message/rfc822

      From: status@example.com
      Subject: Web is slow
      %s
      --part--
      .
      """
          .formatted("Requests to the web application fail or are slow.\n".repeat(60));

  private final SignedReturnPath returnPath;
  private final int port;
  private final byte[] report = REPORT.replace("\n", "\r\n").getBytes(US_ASCII);

  private BounceSource(SignedReturnPath returnPath, int port) {
    this.returnPath = returnPath;
    this.port = port;
  }

  /** With the key of the gateway that runs on the database. */
  static BounceSource of(BenchDatabase database, String domain, int port) throws SQLException {
    try (Statement statement = database.connection().createStatement();
        ResultSet rows =
            statement.executeQuery("select value from gateway_secret where name = 'bounce'")) {
      rows.next();
      return new BounceSource(new SignedReturnPath(rows.getBytes(1), domain), port);
    }
  }

  /** One for each subscriber of the audience, from 1; how many were taken a second. */
  double send(int audience, int subscribers) throws Exception {
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.add(
            threads.submit(() -> {
              send(audience, subscribers, next);
              return null;
            }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
    return subscribers * 1e9 / (System.nanoTime() - start);
  }

  private void send(int audience, int subscribers, AtomicInteger next) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16_384);
      expect(in, '2');
      write(out, "EHLO relay.example.net\r\n".getBytes(US_ASCII));
      expect(in, '2');
      for (int id = next.incrementAndGet(); id <= subscribers; id = next.incrementAndGet()) {
        String path = returnPath.of(new DeliveryId(audience, id), Instant.now());
        write(out, "MAIL FROM:<>\r\nRCPT TO:<%s>\r\nDATA\r\n".formatted(path).getBytes(US_ASCII));
        expect(in, '2');
        expect(in, '2');
        expect(in, '3');
        write(out, report);
        expect(in, '2');
      }
    }
  }

  private static void write(OutputStream out, byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  private static void expect(InputStream in, char first) throws IOException {
    String line = line(in);
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line(in);
    }
    if (line.isEmpty() || line.charAt(0) != first) {
      throw new IOException("answered: " + line);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString().strip();
  }
}
