package tocsin.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * Three days of September 2019: an outage on some clusters of one region that came back twice, with
 * a promise broken on the way. Told in words of our own.
 */
public final class FoundingIncident {
  /** Where the product's jar holds it. */
  public static final String RESOURCE = "/demo/founding-incident.ndjson";

  /** A minute in a tenth of a second, and no night longer than three seconds. */
  public static final Pace PACE = new Pace(600, Duration.ofSeconds(3));

  private FoundingIncident() {}

  public static Recording recording() {
    try (InputStream stream =
            Objects.requireNonNull(FoundingIncident.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return Replay.read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RecordingException e) {
      throw new IllegalStateException(RESOURCE, e);
    }
  }
}
