package tocsin.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A light SMTP server on loopback that notes who got which message and forgets the rest. */
final class MailReceiver implements AutoCloseable {
  private static final int BACKLOG = 500;

  private final Received received;
  private final ServerSocket server;

  MailReceiver(Received received) throws IOException {
    this.received = received;
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("smtp").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        // the loop ends, or the next connection is taken
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new Session(socket.getInputStream(), socket.getOutputStream()).run();
    } catch (IOException cut) {
      // a gateway was killed: what it had not sent whole was not taken
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private final class Session {
    private final InputStream in;
    private final OutputStream out;
    private String recipient = "";

    Session(InputStream in, OutputStream out) {
      this.in = new BufferedInputStream(in, 16 << 10);
      this.out = out;
    }

    void run() throws IOException {
      say("220 ready");
      String command = line();
      while (!command.startsWith("QUIT")) {
        answer(command);
        command = line();
      }
      say("221 bye");
    }

    private void answer(String command) throws IOException {
      switch (command.substring(0, Math.min(4, command.length())).toUpperCase(Locale.ROOT)) {
        case "EHLO" -> say("250-receiver\r\n250-8BITMIME\r\n250 PIPELINING");
        case "RCPT" -> {
          recipient = command.substring(command.indexOf('<') + 1, command.indexOf('>'));
          say("250 ok");
        }
        case "DATA" -> {
          say("354 go on");
          take();
          say("250 taken");
        }
        default -> say("250 ok");
      }
    }

    private void take() throws IOException {
      String id = "";
      String subject = "";
      boolean head = true;
      String line = line();
      while (!line.equals(".")) {
        head &= !line.isEmpty();
        if (head && line.startsWith("Message-ID: <")) {
          id = line.substring(line.indexOf('<') + 1, line.indexOf('@'));
        } else if (head && line.startsWith("Subject: ")) {
          subject = line;
        }
        line = line();
      }
      received.add(recipient, id, subject);
    }

    private void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(80);
      int next = in.read();
      while (next != '\n') {
        if (next < 0) {
          throw new EOFException();
        }
        if (next != '\r') {
          line.write(next);
        }
        next = in.read();
      }
      return line.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
