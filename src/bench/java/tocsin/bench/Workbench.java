package tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tocsin.store.EmbeddedPostgres;

/**
 * What a benchmark works with: an empty, migrated database on a PostgreSQL of its own, child JVMs,
 * a line of progress. Closes what it gave out, the last first.
 */
final class Workbench implements AutoCloseable {
  private static final List<String> GATEWAY_JVM =
      List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED");

  private final String name;
  private final Options options;
  private final BenchDatabase database;
  private final Deque<AutoCloseable> open;

  private Workbench(
      String name, Options options, BenchDatabase database, Deque<AutoCloseable> open) {
    this.name = name;
    this.options = options;
    this.database = database;
    this.open = open;
  }

  static Workbench open(String name, Options options) throws IOException, SQLException {
    Files.createDirectories(Options.FOLDER);
    Deque<AutoCloseable> open = new ArrayDeque<>();
    EmbeddedPostgres server = EmbeddedPostgres.start(Options.FOLDER.resolve("postgres"));
    open.push(server);
    BenchDatabase database = BenchDatabase.fresh(server.url(), "bench_" + name);
    open.push(database);
    return new Workbench(name, options, database, open);
  }

  Options options() {
    return options;
  }

  BenchDatabase database() {
    return database;
  }

  /** A child that is measured for us: with the recording that was asked for. */
  Child ours(Class<?> main, String... arguments) throws IOException {
    return child(name + "-ours", options.recording(), Map.of(), main, arguments);
  }

  /** The same with further options and settings of its own. */
  Child ours(List<String> jvm, Map<String, String> settings, Class<?> main) throws IOException {
    List<String> further = new ArrayList<>(options.recording());
    further.addAll(jvm);
    return child(name + "-ours", further, settings, main);
  }

  /** Another child, with a log of this name. */
  Child child(String log, Class<?> main, String... arguments) throws IOException {
    return child(name + "-" + log, List.of(), Map.of(), main, arguments);
  }

  private synchronized Child child(
      String log,
      List<String> further,
      Map<String, String> settings,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> jvm = new ArrayList<>(GATEWAY_JVM);
    jvm.addAll(options.jvm());
    jvm.addAll(further);
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("TOCSIN_DATABASE_URL", database.environment());
    Child child = Child.start(log, jvm, main, List.of(arguments), environment);
    open.push(child);
    return child;
  }

  /** Closed with this. */
  synchronized <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  void progress(String words) {
    System.out.println(name + ": " + words);
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("not closed: " + e);
      }
    }
  }
}
