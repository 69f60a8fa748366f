package tocsin.delivery;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does.
 *
 * @param since it is given up, or fails; null while all is well
 * @param failures failed attempts in a row
 * @param lastFailure why, the word of a {@link tocsin.channel.Reason}
 * @param throttledUntil what it asked for last, as long as that is in the future
 */
public record EndpointHealth(
    State state,
    @Nullable Instant since,
    int failures,
    @Nullable Instant lastSuccessAt,
    @Nullable Instant lastFailureAt,
    @Nullable String lastFailure,
    @Nullable Instant throttledUntil) {

  /** What becomes of messages to it. */
  public enum State {
    ACTIVE,
    /** It asked for a pause. */
    THROTTLED,
    /** It failed for long. */
    QUARANTINED,
    /** It wants no more. */
    DISABLED;

    /** The word in JSON and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> of(String word) {
      for (State state : values()) {
        if (state.word().equals(word)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }
}
