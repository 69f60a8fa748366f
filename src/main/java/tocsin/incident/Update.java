package tocsin.incident;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One immutable thing to tell about an incident.
 *
 * @param id unique over all incidents; rises in order of acceptance
 * @param title the incident's
 * @param sequence 1, 2, 3... within the incident
 * @param affects never empty
 * @param nextUpdateBy the promise of a next update, if one was made
 * @param window when a maintenance is planned, if it was said
 * @param notifies false: on record only, nobody is told
 */
public record Update(
    int id,
    String incident,
    String title,
    int sequence,
    Status status,
    Impact impact,
    Text body,
    List<Scope> affects,
    @Nullable Instant nextUpdateBy,
    @Nullable Window window,
    boolean notifies,
    Instant acceptedAt) {

  /** A planned span of time; the end lies after the start. */
  public record Window(Instant from, Instant until) {
    public Window {
      if (!until.isAfter(from)) {
        throw new IllegalArgumentException("a window ends after it starts");
      }
    }
  }

  public Update {
    affects = List.copyOf(affects);
    if (affects.isEmpty()) {
      throw new IllegalArgumentException("an update affects something");
    }
  }
}
