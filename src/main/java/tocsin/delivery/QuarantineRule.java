package tocsin.delivery;

import java.time.Duration;

/**
 * When an endpoint is given up: after so many failed attempts in a row, the first of which was so
 * long ago.
 */
public record QuarantineRule(int failures, Duration failing) {
  public static final QuarantineRule USUAL = new QuarantineRule(10, Duration.ofHours(1));
}
