package tocsin.bench;

import java.nio.file.Path;
import java.util.Objects;
import tocsin.config.Settings;

/**
 * A child JVM with a node in it. {@code start}, {@code look} and {@code stop} are each answered
 * with {@code COUNT FIRST}, as the {@link Provider} has them; {@code stop FILE} leaves the times of
 * the hand-overs there.
 */
final class NodeMain {
  private final Node node;
  private final NodeSpec spec;
  private Provider provider;

  private NodeMain(Node node, NodeSpec spec) {
    this.node = node;
    this.spec = spec;
    this.provider = spec.provider();
  }

  /**
   * @param arguments a {@link NodeSpec}
   */
  public static void main(String[] arguments) throws Exception {
    NodeSpec spec = NodeSpec.of(arguments);
    Node node =
        new Node(Objects.requireNonNull(Settings.load(null, System.getenv()).databaseUrl()), spec);
    try {
      Commands.serve(new NodeMain(node, spec)::answer);
    } finally {
      node.close();
    }
  }

  private String answer(String command) throws Exception {
    switch (command) {
      case "start" -> {
        provider = spec.provider();
        node.start(provider);
      }
      case "look" -> {}
      case "stop" -> node.stop();
      default -> {
        node.stop();
        provider.times().write(Path.of(command.substring("stop ".length())));
      }
    }
    return provider.count() + " " + provider.first();
  }
}
