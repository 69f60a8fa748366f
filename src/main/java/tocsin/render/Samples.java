package tocsin.render;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/** Updates to try templates with: one that says the least, one that says all, one that is long. */
final class Samples {
  static final Names NAMES =
      new Names(Map.of("web", "Web"), Map.of("north-america", "North America"));

  /** A word that occurs in every sample's text and nowhere else. */
  static final String WORD = "Tocsinprobe";

  private static final Instant ACCEPTED = Instant.parse("2026-01-15T10:30:00Z");
  private static final Scope EVERYTHING = new Scope(null, null, null);
  private static final Scope SEGMENT = new Scope("web", "north-america", "na-2");

  private Samples() {}

  static List<Update> of(Status status) {
    Window window = new Window(ACCEPTED, ACCEPTED.plus(Duration.ofHours(4)));
    List<Scope> many =
        IntStream.range(0, 40).mapToObj(i -> new Scope("component-" + i, null, null)).toList();
    String lengthy = WORD + ".\n\n" + "## A \"heading\" & <more>\n\nWords, words.\n\n".repeat(60);
    return List.of(
        sample(status, Impact.NONE, WORD, List.of(EVERYTHING), null, null),
        sample(
            status,
            Impact.MAJOR,
            WORD + " with *emphasis*,\n- a list\n- and a [link](https://example.com/).",
            List.of(SEGMENT),
            ACCEPTED.plus(Duration.ofMinutes(10)),
            window),
        sample(status, Impact.CRITICAL, lengthy, many, ACCEPTED, window));
  }

  private static Update sample(
      Status status,
      Impact impact,
      String body,
      List<Scope> affects,
      @Nullable Instant nextUpdateBy,
      @Nullable Window window) {
    return new Update(
        1,
        "2026-01-15-connectivity",
        "Connectivity \"trouble\" in North America",
        7,
        status,
        impact,
        new Text(Collections.singletonMap(Text.ANY, body)),
        affects,
        nextUpdateBy,
        window,
        true,
        ACCEPTED);
  }
}
