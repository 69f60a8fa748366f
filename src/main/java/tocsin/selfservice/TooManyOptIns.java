package tocsin.selfservice;

import java.time.Duration;

/** An opt-in was not taken, since there were too many within the hour. Has no stack trace. */
public final class TooManyOptIns extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose were too many. */
  public enum Source {
    /** Those of one visitor, or of one network. */
    VISITOR,
    /** Those of everybody together. */
    EVERYBODY
  }

  private final Source source;
  private final transient Duration wait;

  TooManyOptIns(Source source, Duration wait) {
    super("too many opt-ins", null, false, false);
    this.source = source;
    this.wait = wait;
  }

  public Source source() {
    return source;
  }

  /** After so long one is taken again; more than nothing. */
  public Duration retryAfter() {
    return wait;
  }
}
