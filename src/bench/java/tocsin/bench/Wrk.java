package tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reference: {@code wrk}, one thread, 64 connections, the same body again and again. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: [0-9]+");

  private final Path script;

  /**
   * @param connection what the header of that name says
   */
  Wrk(String connection, String body) throws IOException {
    script = Options.FOLDER.resolve("post-" + connection + ".lua");
    Files.writeString(
        script,
        """
        wrk.method = "POST"
        wrk.body = %s
        wrk.headers["Content-Type"] = "application/json"
        wrk.headers["Connection"] = "%s"
        """
            .formatted("'" + body + "'", connection));
  }

  /** Requests a second. */
  double run(String url) throws IOException, InterruptedException {
    String printed = Tool.run("wrk", "-t1", "-c64", "-d3s", "-s", script.toString(), url);
    Matcher rate = RATE.matcher(printed);
    if (!rate.find() || REFUSED.matcher(printed).find()) {
      throw new IOException("wrk measured nothing: " + printed);
    }
    return Double.parseDouble(rate.group(1));
  }
}
