package tocsin.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import tocsin.config.Settings;

/**
 * A child JVM with a node in it. Reads {@code start}, {@code look} and {@code stop}, a line each,
 * until its input ends; answers each with {@code COUNT FIRST}, as the {@link Provider} has them.
 */
final class NodeMain {
  private NodeMain() {}

  /**
   * @param arguments what becomes of results, workers, milliseconds that a send takes
   */
  public static void main(String[] arguments) throws Exception {
    Results results = Results.valueOf(arguments[0]);
    int workers = Integer.parseInt(arguments[1]);
    Duration pause = Duration.ofMillis(Integer.parseInt(arguments[2]));
    Node node =
        new Node(
            Objects.requireNonNull(Settings.load(null, System.getenv()).databaseUrl()),
            results,
            workers);
    try {
      serve(node, pause);
    } finally {
      node.close();
    }
  }

  private static void serve(Node node, Duration pause) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Provider provider = new Provider(pause);
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      switch (command) {
        case "start" -> {
          provider = new Provider(pause);
          node.start(provider);
        }
        case "look" -> {}
        case "stop" -> node.stop();
        default -> throw new IOException("unknown command " + command);
      }
      System.out.println(Child.ANSWER + provider.count() + " " + provider.first());
    }
  }
}
