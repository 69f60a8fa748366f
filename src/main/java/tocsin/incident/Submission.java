package tocsin.incident;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Update.Window;

/**
 * An update as somebody submits it, parsed but not yet held against the catalogue or the incident.
 *
 * @param impact null: as before (minor, if it is the first)
 * @param affects null: as before; never empty
 * @param reopens true: on purpose for an incident that is closed
 * @param notifies false: on record only
 */
public record Submission(
    Status status,
    @Nullable Impact impact,
    Text body,
    @Nullable List<Scope> affects,
    @Nullable Instant nextUpdateBy,
    @Nullable Window window,
    boolean notifies,
    boolean reopens) {

  public Submission {
    affects = affects == null ? null : List.copyOf(affects);
  }
}
