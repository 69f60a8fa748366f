package tocsin.fuzz;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What became of a request. */
sealed interface Reply {
  /**
   * @param headers by name in lower case
   * @param body its octets as ISO 8859-1, chunks and all
   */
  record Answered(int status, Map<String, String> headers, String body) implements Reply {
    JsonObject json() {
      return new JsonObject(body);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** The connection was closed without an answer. */
  record Closed() implements Reply {}

  /** Neither came in time. */
  record Hung() implements Reply {}

  /**
   * @param octets as ISO 8859-1, up to where the connection or the answer ended
   */
  static Reply read(String octets) {
    int end = octets.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Closed();
    }
    Map<String, String> headers = new HashMap<>();
    String[] lines = octets.substring(0, end).split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": *", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    return new Answered(
        Integer.parseInt(lines[0].split(" ", 3)[1]), headers, octets.substring(end + 4));
  }
}
