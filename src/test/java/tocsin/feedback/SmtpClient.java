package tocsin.feedback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A mail server that sends to us, one command at a time. */
final class SmtpClient implements AutoCloseable {
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private final String greeting;

  SmtpClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(60_000);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      out = new BufferedOutputStream(socket.getOutputStream());
      greeting = answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String greeting() {
    return greeting;
  }

  /** Speaks TLS from now on, once the server agreed to; fails where it shows no trusted one. */
  SSLSession encrypt(SSLContext trust) throws IOException {
    var encrypted =
        (SSLSocket)
            trust.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
    encrypted.startHandshake();
    socket = encrypted;
    in = new BufferedInputStream(encrypted.getInputStream());
    out = new BufferedOutputStream(encrypted.getOutputStream());
    return encrypted.getSession();
  }

  /** The answer, all its lines; {@code cut} where there is none. */
  String command(String line) {
    try {
      out.write((line + "\r\n").getBytes(ISO_8859_1));
      out.flush();
      return answer();
    } catch (IOException e) {
      return "cut";
    }
  }

  /** DATA and the mail, its dots stuffed. */
  String data(byte[] mail) {
    String go = command("DATA");
    if (!go.startsWith("354")) {
      return go;
    }
    try {
      boolean lineStarts = true;
      for (byte octet : mail) {
        if (lineStarts && octet == '.') {
          out.write('.');
        }
        out.write(octet);
        lineStarts = octet == '\n';
      }
      out.write("\r\n.\r\n".getBytes(ISO_8859_1));
      out.flush();
      return answer();
    } catch (IOException e) {
      return "cut";
    }
  }

  /** DATA and so many lines. */
  String stream(byte[] line, int lines) {
    command("DATA");
    try {
      for (int i = 0; i < lines; i++) {
        out.write(line);
      }
      out.write(".\r\n".getBytes(ISO_8859_1));
      out.flush();
      return answer();
    } catch (IOException e) {
      return "cut";
    }
  }

  private String answer() throws IOException {
    StringBuilder answer = new StringBuilder();
    while (true) {
      String line = line();
      answer.append(answer.isEmpty() ? "" : "\n").append(line);
      if (line.length() < 4 || line.charAt(3) != '-') {
        return answer.toString();
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return "cut";
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
