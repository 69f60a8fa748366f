package tocsin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Three nodes with a sender that takes 5 ms, so that its workers and not the cores are the bound;
 * the reference is one node.
 */
final class NodesBench implements Bench {
  private static final int RECIPIENTS = 30_000;
  private static final int NODES = 3;
  private static final Duration SENDING = Duration.ofMillis(5);

  @Override
  public Line run(Workbench workbench) throws Exception {
    BenchDatabase database = workbench.database();
    int recipients = workbench.options().recipients(RECIPIENTS);
    try (Operator operator = new Operator(database)) {
      Population.settle(database, recipients);
      List<RemoteNode> nodes = nodes(workbench);
      Fanout one = new Fanout(database, operator, nodes.subList(0, 1), Results.WRITTEN);
      Fanout two = new Fanout(database, operator, nodes.subList(0, 2), Results.WRITTEN);
      Fanout three = new Fanout(database, operator, nodes, Results.WRITTEN);
      Turns turns =
          Turns.play(
              workbench,
              () -> three.play(Population.ALL, recipients, 1),
              () -> one.play(Population.ALL, recipients, 1));
      List<Reading> ofTwo = new ArrayList<>();
      for (int i = 0; i < workbench.options().rounds(); i++) {
        ofTwo.add(two.play(Population.ALL, recipients, 1));
      }
      return turns.line().withRate("two", Medians.of(ofTwo, Reading::perSecond));
    }
  }

  private static List<RemoteNode> nodes(Workbench workbench) throws Exception {
    String[] spec =
        new NodeSpec(
                Results.WRITTEN, workbench.options().workers(), SENDING, Provider.Noting.THE_FIRST)
            .arguments();
    List<RemoteNode> nodes = new ArrayList<>();
    nodes.add(new RemoteNode(workbench.ours(NodeMain.class, spec)));
    for (int i = 2; i <= NODES; i++) {
      nodes.add(new RemoteNode(workbench.child("node-" + i, NodeMain.class, spec)));
    }
    return nodes;
  }
}
