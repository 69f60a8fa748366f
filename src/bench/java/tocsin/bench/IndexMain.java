package tocsin.bench;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.AudienceIndex;
import tocsin.audience.Channel;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.store.Answer;
import tocsin.store.Database;

/**
 * A child JVM with an index of audiences in it. {@code build} is answered with the milliseconds
 * that it took; {@code match N} with {@code TOTAL MEDIAN MAX SIZE SUM}: of N matches the
 * milliseconds, and of what they found the number and the sum of the ids.
 */
final class IndexMain {
  private static final Duration LONGEST_BUILD = Duration.ofMinutes(10);

  private final Database database;
  private AudienceIndex index;

  private IndexMain(Database database) {
    this.database = database;
    this.index = new AudienceIndex(database.pool());
  }

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    DatabaseUrl url = Objects.requireNonNull(Settings.load(null, System.getenv()).databaseUrl());
    try (Database database = Database.at(vertx, url)) {
      Commands.serve(new IndexMain(database)::answer);
    } finally {
      Answer.of(vertx.close());
    }
  }

  private String answer(String command) {
    return command.equals("build")
        ? build()
        : match(Integer.parseInt(command.substring("match ".length())));
  }

  private String build() {
    index = new AudienceIndex(database.pool());
    long start = System.nanoTime();
    Answer.of(index.refresh(), LONGEST_BUILD);
    return Double.toString(millis(System.nanoTime() - start));
  }

  private String match(int times) {
    List<Scope> affects = Crowd.AFFECTED;
    long[] took = new long[times];
    RoaringBitmap found = new RoaringBitmap();
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      found = index.match(affects, Impact.MAJOR).getOrDefault(Channel.EMAIL, new RoaringBitmap());
      took[i] = System.nanoTime() - start;
    }
    long total = Arrays.stream(took).sum();
    Arrays.sort(took);
    return "%s %s %s %d %d"
        .formatted(
            millis(total),
            millis(took[times / 2]),
            millis(took[times - 1]),
            found.getCardinality(),
            found.stream().asLongStream().sum());
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
