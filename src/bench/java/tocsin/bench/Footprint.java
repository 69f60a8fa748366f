package tocsin.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

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
    ProcessHandle process = node.handle();
    Tool.run(
        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
        Long.toString(process.pid()),
        "GC.run");
    List<Path> descriptors = ProcessFigures.descriptors(process);
    return new Footprint(
        heap(node.metrics()),
        ProcessFigures.memory(process),
        ProcessFigures.threads(process),
        descriptors.size(),
        (int) descriptors.stream().filter(open -> open.toString().startsWith("socket:")).count(),
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

  @Override
  public String toString() {
    return "heap %.1f MB, rss %.0f MB, %d threads, %d descriptors, %d sockets, %d connections"
        .formatted(heap / 1e6, rss / 1e6, threads, descriptors, sockets, connections);
  }
}
