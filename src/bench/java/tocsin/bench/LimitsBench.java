package tocsin.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much of a limit of e-mails a second one and three nodes use under backlog, and the most that
 * one second ever saw; the reference is the limit.
 */
final class LimitsBench implements Bench {
  private static final int RECIPIENTS = 100_000;
  private static final int NODES = 3;

  /** A limit, and for how long it is watched. */
  private record Part(int perSecond, Duration length) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(5, Duration.ofSeconds(20)),
          new Part(100, Duration.ofSeconds(10)),
          new Part(5_000, Duration.ofSeconds(6)));

  @Override
  public Line run(Workbench workbench) throws Exception {
    BenchDatabase database = workbench.database();
    try (Operator operator = new Operator(database)) {
      Population.settle(database, workbench.options().recipients(RECIPIENTS));
      List<RemoteNode> nodes = nodes(workbench);
      Part fast = PARTS.getLast();
      List<Pacing> pacings = new ArrayList<>();
      Turns turns =
          Turns.play(
              workbench,
              () -> {
                Reading reading = play(workbench, operator, nodes, fast, pacings);
                return reading;
              },
              () -> limit(fast));
      Line line = turns.line();
      List<Pacing> measured = pacings.subList(1, pacings.size());
      line.with("used", "%.3f", Medians.of(measured, Pacing::used))
          .with("worst", "%.0f", measured.stream().mapToInt(Pacing::worst).max().orElseThrow());
      for (Part part : PARTS) {
        for (List<RemoteNode> some : List.of(nodes.subList(0, 1), nodes)) {
          List<Pacing> once = new ArrayList<>();
          play(workbench, operator, some, part, once);
          String name = part.perSecond() + "x" + some.size();
          line.with("used" + name, "%.3f", once.getFirst().used())
              .with("worst" + name, "%.0f", once.getFirst().worst());
          workbench.progress(name + " " + once.getFirst());
        }
      }
      return line;
    }
  }

  private static Reading limit(Part part) {
    return new Reading(
        part.perSecond() * part.length().toSeconds(),
        part.length(),
        Duration.ZERO,
        Duration.ZERO,
        0,
        0);
  }

  /** Adds what it saw of the pace. */
  private static Reading play(
      Workbench workbench,
      Operator operator,
      List<RemoteNode> nodes,
      Part part,
      List<Pacing> pacings)
      throws Exception {
    operator.forgetEverything();
    operator.limit("email", part.perSecond());
    nodes.forEach(RemoteNode::start);
    Meter meter =
        Meter.start(workbench.database(), nodes.stream().map(RemoteNode::handle).toList());
    operator.post(Population.ALL);
    while (nodes.stream().allMatch(node -> node.sent().count() == 0)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    TimeUnit.NANOSECONDS.sleep(part.length().toNanos());
    Reading cost = meter.read(nodes.stream().mapToLong(node -> node.sent().count()).sum());
    List<Path> files = new ArrayList<>();
    for (RemoteNode node : nodes) {
      Path file = Options.FOLDER.resolve("times-" + files.size());
      node.stop(file);
      files.add(file);
    }
    Pacing pacing = Pacing.of(Times.read(files), part.perSecond(), part.length());
    pacings.add(pacing);
    return cost.of(pacing.count(), part.length());
  }

  private static List<RemoteNode> nodes(Workbench workbench) throws Exception {
    String[] spec =
        new NodeSpec(
                Results.WRITTEN, workbench.options().workers(), Duration.ZERO, Provider.Noting.ALL)
            .arguments();
    List<RemoteNode> nodes = new ArrayList<>();
    nodes.add(new RemoteNode(workbench.ours(NodeMain.class, spec)));
    for (int i = 2; i <= NODES; i++) {
      nodes.add(new RemoteNode(workbench.child("node-" + i, NodeMain.class, spec)));
    }
    return nodes;
  }
}
