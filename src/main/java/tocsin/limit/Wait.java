package tocsin.limit;

import java.time.Duration;

/**
 * How long until a demand can be met; zero means it was, and the permits are spent.
 *
 * @param key the limit that is short, empty if none is
 * @param spacing how far apart that limit grants single permits in the long run
 */
public record Wait(Duration duration, String key, Duration spacing) {
  public static final Wait NONE = new Wait(Duration.ZERO, "", Duration.ZERO);

  public boolean isNone() {
    return duration.isZero();
  }
}
