package tocsin.feedback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tocsin.store.TestDatabase;

/**
 * Mails that others collected, in {@code email-bounces} of the folder that {@code -Dsamples} names,
 * sent to a return path of ours: each has the consequences of what {@code expected.csv} says it is,
 * whatever its line ends.
 */
class SampleMailsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("samples", "../shared/samples"), "email-bounces");
  private static final Map<String, String> STANDINGS =
      Map.of("hard", "quarantined", "complaint", "unsubscribed");
  private static final Map<String, String> CLASSES =
      Map.of(
          "disabled",
          "soft",
          "routing",
          "soft",
          "unknown",
          "soft",
          "ordinary",
          "nothing",
          "automatic",
          "nothing");
  private static final Vertx vertx = Vertx.vertx();
  private static final MailWorld world = new MailWorld(TestDatabase.fresh(vertx));

  @BeforeAll
  static void update() {
    world.updates(1);
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @TestFactory
  List<DynamicTest> aSampleIsWhatItIsSaidToBe() throws IOException {
    Path list = FOLDER.resolve("expected.csv");
    assumeTrue(Files.exists(list), "there are no samples in " + FOLDER.toAbsolutePath());
    return Files.readAllLines(list).stream()
        .skip(1)
        .map(line -> line.split(",", 5))
        .map(columns -> DynamicTest.dynamicTest(columns[0], () -> check(columns[0], columns[3])))
        .toList();
  }

  private static void check(String file, String expected) throws IOException {
    String lf = Files.readString(FOLDER.resolve(file), ISO_8859_1).replace("\r\n", "\n");
    for (String mail : List.of(lf, lf.replace("\n", "\r\n"))) {
      int subscriber = world.subscriber();
      try (BouncePort port = new BouncePort(world.pool)) {
        String path = BouncePort.RETURN_PATH.of(world.delivery(1, subscriber), BouncePort.NOW);

        assertThat(port.send("", path, mail.getBytes(ISO_8859_1))).startsWith("250");

        assertThat(counted(port)).isEqualTo(expected);
        assertThat(world.standing(subscriber))
            .isEqualTo(STANDINGS.getOrDefault(expected, "active"));
      }
    }
  }

  /** The one thing that was counted, in the words of the list. */
  private static String counted(BouncePort port) {
    List<String> counted =
        port.registry.getMeters().stream()
            .filter(meter -> meter instanceof Counter counter && counter.count() > 0)
            .map(meter -> meter.getId().getTags())
            .map(tags -> tags.isEmpty() ? "complaint" : tags.getFirst().getValue())
            .toList();
    assertThat(counted).hasSize(1);
    return CLASSES.getOrDefault(counted.getFirst(), counted.getFirst());
  }
}
