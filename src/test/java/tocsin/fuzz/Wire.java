package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/** Sends octets to a server, HTTP or not, and reads what comes back: a connection for each. */
record Wire(int port) {
  /** More than the 30 s in which a body has to come. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  private static final String HEAD_END = "\r\n\r\n";
  private static final String CONTINUE = "HTTP/1.1 100 ";

  Reply send(HttpMessage message) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LONGEST.toMillis());
      write(socket, message);
      return read(socket, message.method());
    } catch (IOException unreachable) {
      throw new IllegalStateException("the gateway takes no connections", unreachable);
    }
  }

  /** A server may answer and hang up before it has heard everything. */
  private static void write(Socket socket, HttpMessage message) {
    try {
      socket.getOutputStream().write(message.octets());
      if (message.framing().endsEarly()) {
        socket.shutdownOutput();
      }
    } catch (IOException hungUp) {
      // what it said before is read next
    }
  }

  private static Reply read(Socket socket, String method) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] part = new byte[64 * 1024];
    try {
      for (int length = 0; length >= 0; length = socket.getInputStream().read(part)) {
        answer.write(part, 0, length);
        if (isWhole(answer.toString(ISO_8859_1), method)) {
          break;
        }
      }
    } catch (SocketTimeoutException late) {
      return new Reply.Hung();
    } catch (IOException reset) {
      // what came before counts
    }
    return Reply.read(withoutContinue(answer.toString(ISO_8859_1)));
  }

  private static String withoutContinue(String answer) {
    return answer.startsWith(CONTINUE)
        ? answer.substring(answer.indexOf(HEAD_END) + HEAD_END.length())
        : answer;
  }

  /** Of a stream of events, the head is all that there is to wait for. */
  private static boolean isWhole(String received, String method) {
    String answer = withoutContinue(received);
    int end = answer.indexOf(HEAD_END);
    if (end < 0) {
      return false;
    }
    String head = answer.substring(0, end).toLowerCase(Locale.ROOT) + "\r\n";
    int body = answer.length() - end - HEAD_END.length();
    if (method.equals("HEAD")
        || head.contains(" 204 ")
        || head.contains(" 304 ")
        || head.contains("text/event-stream")) {
      return true;
    }
    int length = head.indexOf("\r\ncontent-length: ");
    return length >= 0
        ? body >= Integer.parseInt(head.substring(length + 18, head.indexOf('\r', length + 2)))
        : head.contains("transfer-encoding: chunked") && answer.endsWith("0" + HEAD_END);
  }
}
