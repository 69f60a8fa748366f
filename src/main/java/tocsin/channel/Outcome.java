package tocsin.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one send came to. */
public sealed interface Outcome {

  /** The provider took it; not yet that it arrived. The id is the provider's, or empty. */
  record Sent(String providerId) implements Outcome {
    public Sent {
      providerId = Details.bounded(providerId);
    }
  }

  /**
   * Try later.
   *
   * @param after what the provider asked for (Retry-After), if it did
   */
  record Deferred(Reason reason, String detail, @Nullable Duration after) implements Outcome {
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

    public Deferred {
      detail = Details.bounded(detail);
    }

    /** How long the receiver wants to be left alone; null if it did not ask for that. */
    public @Nullable Duration pause() {
      if (reason == Reason.THROTTLED) {
        return after == null ? USUAL_PAUSE : after;
      }
      return reason.costsAnAttempt() ? after : null;
    }
  }

  /** Never. */
  record Rejected(Reason reason, String detail) implements Outcome {
    public Rejected {
      detail = Details.bounded(detail);
    }
  }
}
