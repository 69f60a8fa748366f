package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts a recorded incident to a gateway, update by update, in compressed time.
 *
 * <p>A recording is a text file, UTF-8, one JSON object a line; blank lines are passed over. The
 * first line is the incident with its first update, the following lines are its further updates:
 *
 * <pre>{@code
 * {"id": "eu-api", "title": "...", "posted": "2026-01-15T10:30:00-05:00", "update": {...}}
 * {"after": "PT6M", "nextUpdateIn": "PT10M", "update": {...}}
 * }</pre>
 *
 * <ul>
 *   <li>{@code update} is what {@code POST /v1/incidents/{id}/updates} takes: {@code status},
 *       {@code body}, {@code impact}, {@code affects}...
 *   <li>{@code after}: ISO duration since the line before; required from the second line on
 *   <li>{@code nextUpdateIn}: promises a next update so long after this one is posted, in place of
 *       {@code update.nextUpdateBy}; compressed like the waits
 *   <li>{@code id} is a slug, left out to have the gateway choose; {@code posted} is when the first
 *       update was originally posted, for people to read
 * </ul>
 *
 * <p>Each post carries an Idempotency-Key of its own and is repeated with the same key when the
 * gateway cannot be reached, so that nobody is told twice.
 */
public final class Replay {
  private static final Pattern UPDATE = Pattern.compile("/v1/incidents/([^/]+)/updates/([0-9]+)");
  private static final int TRIES = 6;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final GatewayApi api;
  private final Recording recording;
  private final Pace pace;
  private final InstantSource clock;
  private final String run;
  private @Nullable Posted last;
  private int next;

  /**
   * @param run tells this run's Idempotency-Keys from those of any other
   */
  public Replay(GatewayApi api, Recording recording, Pace pace, InstantSource clock, String run) {
    this.api = api;
    this.recording = recording;
    this.pace = pace;
    this.clock = clock;
    this.run = run;
  }

  /** Throws a RecordingException that tells every problem by its line. */
  public static Recording read(BufferedReader lines) throws IOException, RecordingException {
    return RecordingReader.read(lines);
  }

  public boolean hasNext() {
    return next < recording.steps().size();
  }

  /** Waits until the next update is due, and posts it. */
  public Posted next() throws IOException, InterruptedException {
    Step step = recording.steps().get(next);
    if (last != null) {
      sleep(Duration.between(clock.instant(), last.at().plus(pace.of(step.after()))));
    }
    Instant now = clock.instant();
    Posted posted = posted(post(step.at(now, pace)), now);
    next++;
    last = posted;
    return posted;
  }

  private String post(JsonObject update) throws IOException, InterruptedException {
    String idempotencyKey = "replay-" + run + "-" + next;
    for (int attempt = 1; ; attempt++) {
      try {
        return last == null
            ? api.create("/v1/incidents", incident(update), idempotencyKey)
            : api.create("/v1/incidents/" + last.incident() + "/updates", update, idempotencyKey);
      } catch (IOException e) {
        boolean hopeless = e instanceof ApiException answer && !answer.isTransient();
        if (hopeless || attempt == TRIES) {
          throw e;
        }
        sleep(BETWEEN_TRIES);
      }
    }
  }

  private JsonObject incident(JsonObject update) {
    JsonObject incident = new JsonObject().put("title", recording.title()).put("update", update);
    return recording.id() == null ? incident : incident.put("id", recording.id());
  }

  private static Posted posted(String location, Instant at) throws IOException {
    Matcher update = UPDATE.matcher(location);
    if (!update.matches()) {
      throw new IOException("not the place of an update: " + location);
    }
    return new Posted(update.group(1), Integer.parseInt(update.group(2)), at);
  }

  private static void sleep(Duration time) throws InterruptedException {
    if (time.isPositive()) {
      Thread.sleep(time);
    }
  }
}
