package tocsin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader of an event stream over a socket of its own, with just what a test needs of HTTP/1.1.
 */
final class EventReader implements AutoCloseable {
  private static final int SMALL_BUFFER = 4 * 1024;
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final BufferedReader reader;
  final String status;
  final Map<String, String> headers = new HashMap<>();

  record Event(String name, String id, JsonObject data) {}

  /** Sends the request and reads the head of the answer, no more. */
  EventReader(int port, String path, String... moreHeaders) {
    try {
      socket.setReceiveBufferSize(SMALL_BUFFER);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
              .formatted(path, TestGateway.ADMIN, lines(moreHeaders));
      socket.getOutputStream().write(request.getBytes(UTF_8));
      reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      status = reader.readLine();
      for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
        int colon = line.indexOf(": ");
        headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String lines(String... headers) {
    return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
  }

  /** The next event with data; empty at the end of the stream. */
  Optional<Event> next() {
    Map<String, String> fields = new HashMap<>();
    try {
      for (String line = body(); line != null; line = body()) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 2));
        } else if (line.isEmpty() && fields.containsKey("data")) {
          return Optional.of(
              new Event(
                  fields.getOrDefault("event", ""),
                  fields.getOrDefault("id", ""),
                  new JsonObject(fields.getOrDefault("data", ""))));
        }
      }
      return Optional.empty();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A line of the body: the server writes whole events, so a chunk holds whole lines. */
  private @Nullable String body() throws IOException {
    String line = reader.readLine();
    while (line != null && line.matches("[0-9a-f]+")) {
      if (line.equals("0")) {
        return null;
      }
      line = reader.readLine();
    }
    return line;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
