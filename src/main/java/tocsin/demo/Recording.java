package tocsin.demo;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An incident with all its updates, ready to be replayed.
 *
 * @param id null: the gateway chooses one
 * @param posted when the first update was originally posted; null where that is not known
 * @param steps never empty
 */
public record Recording(
    @Nullable String id, String title, @Nullable OffsetDateTime posted, List<Step> steps) {

  public Recording {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a recording holds an update");
    }
  }

  /** When this update was originally posted; null where that is not known. */
  @Nullable OffsetDateTime posted(int sequence) {
    Duration since =
        steps.stream().limit(sequence).map(Step::after).reduce(Duration.ZERO, Duration::plus);
    return posted == null ? null : Objects.requireNonNull(posted).plus(since);
  }
}
