package tocsin.bench;

import java.util.Map;
import java.util.TreeMap;

/** Runs the benchmark that is named, or says which there are. */
final class Main {
  private static final Map<String, Bench> BENCHES =
      new TreeMap<>(
          Map.of(
              "audience", new AudienceBench(),
              "bounces", new BouncesBench(),
              "chaos", new ChaosBench(),
              "email", new EmailBench(),
              "engine", new EngineBench(),
              "import", new ImportBench(),
              "limits", new LimitsBench(),
              "nodes", new NodesBench(),
              "sms", new SmsBench(),
              "webhook", new WebhookBench()));

  /** The name that asks for the names. */
  private static final String LIST = "list";

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args.length == 1 ? args[0] : ""));
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // the one place that tells of it
  private static int run(String name) {
    Bench bench = BENCHES.get(name);
    if (bench == null) {
      System.out.println("-Dbench= is one of " + String.join(", ", BENCHES.keySet()));
      return name.equals(LIST) ? 0 : 2;
    }
    try {
      Workbench workbench = Workbench.open(name, Options.of(name, System.getProperties()));
      Runtime.getRuntime().addShutdownHook(new Thread(workbench::close, "close"));
      System.out.println("bench " + name + " " + bench.run(workbench));
      return 0;
    } catch (Exception e) {
      e.printStackTrace();
      return 1;
    }
  }
}
