package tocsin.bench;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;

/** Runs the benchmark that is named, or says which there are. */
final class Main {
  private static final Map<String, Bench> BENCHES =
      new TreeMap<>(
          Map.ofEntries(
              entry("audience", new AudienceBench()),
              entry("bounces", new BouncesBench()),
              entry("chaos", new ChaosBench()),
              entry("email", new EmailBench()),
              entry("engine", new EngineBench()),
              entry("import", new ImportBench()),
              entry("limits", new LimitsBench()),
              entry("nodes", new NodesBench()),
              entry("sms", new SmsBench()),
              entry("soak", new SoakBench()),
              entry("webhook", new WebhookBench())));

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
