package tocsin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gateway holds at one moment: what may not grow, however long it works.
 *
 * @param heap bytes that are left after a full collection
 * @param rss bytes
 * @param sockets of the descriptors
 * @param connections to PostgreSQL
 */
record Footprint(long heap, long rss, int threads, int descriptors, int sockets, int connections) {
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  /** Makes it collect its garbage first. */
  static Footprint of(GatewayNode node, BenchDatabase database)
      throws IOException, InterruptedException, SQLException {
    Path process = Path.of("/proc", Long.toString(node.pid()));
    Tool.run(
        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
        Long.toString(node.pid()),
        "GC.run");
    List<Path> descriptors;
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      descriptors = files.toList();
    }
    return new Footprint(
        heap(node.metrics()),
        status(process, "VmRSS:") * 1024,
        Math.toIntExact(status(process, "Threads:")),
        descriptors.size(),
        (int) descriptors.stream().filter(Footprint::isSocket).count(),
        Math.toIntExact(
            database.number(
                """
                select count(*) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()
                """)));
  }

  private static long heap(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(HEAP))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static long status(Path process, String field) throws IOException {
    String line =
        Files.readAllLines(process.resolve("status")).stream()
            .filter(candidate -> candidate.startsWith(field))
            .findAny()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "heap %.1f MB, rss %.0f MB, %d threads, %d descriptors, %d sockets, %d connections"
        .formatted(heap / 1e6, rss / 1e6, threads, descriptors, sockets, connections);
  }
}
