package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One update in the timeline.
 *
 * @param headline its first sentence
 * @param first from accepted to the first hand-over
 * @param last from accepted to the last hand-over
 * @param promise what was promised and what came of it; null where nothing was
 */
record UpdateView(
    int sequence,
    String status,
    String posted,
    String headline,
    String sent,
    String first,
    String last,
    @Nullable String promise,
    String link,
    boolean current) {
  private static final DateTimeFormatter POSTED =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  static List<UpdateView> all(List<Played> played, Choice choice) {
    return IntStream.range(0, played.size())
        .mapToObj(i -> of(played.get(i), i + 1 < played.size() ? played.get(i + 1) : null, choice))
        .toList();
  }

  private static UpdateView of(Played played, @Nullable Played next, Choice choice) {
    Reckoning reckoning = played.reckoning();
    return new UpdateView(
        played.sequence(),
        played.step().update().getString("status"),
        played.posted() == null ? "" : POSTED.format(played.posted()),
        headline(played.step().update().getJsonObject("body")),
        "%,d".formatted(reckoning.sent()),
        since(reckoning.acceptedAt(), reckoning.firstSentAt()),
        since(reckoning.acceptedAt(), reckoning.lastSentAt()),
        promise(played.step(), next == null ? null : next.step()),
        choice.update(played.sequence()).link(),
        played.sequence() == choice.sequence());
  }

  private static String headline(JsonObject body) {
    String words = body.getString("en").replace("*", "");
    int end = words.indexOf(". ");
    int paragraph = words.indexOf('\n');
    int cut = end < 0 ? paragraph : paragraph < 0 ? end + 1 : Math.min(end + 1, paragraph);
    return cut < 0 ? words : words.substring(0, cut);
  }

  private static String since(Instant accepted, @Nullable Instant sent) {
    if (sent == null) {
      return "never";
    }
    long millis = Duration.between(accepted, sent).toMillis();
    return millis < 1_000 ? millis + " ms" : "%.1f s".formatted(millis / 1_000.0);
  }

  private static @Nullable String promise(Step step, @Nullable Step next) {
    if (step.nextUpdateIn() == null || next == null) {
      return null;
    }
    long promised = step.nextUpdateIn().toMinutes();
    long waited = next.after().toMinutes();
    String kept = waited <= promised ? "kept" : "broken";
    return "Promised the next word within %d minutes; it came after %d. Promise %s."
        .formatted(promised, waited, kept);
  }
}
