package tocsin.demo;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of the texts that the fake Twilio takes.
 *
 * @param reports the states it reports, in this order, also the wrong one, also twice
 * @param code of those that failed; 0: none
 * @param delay before each report
 */
public record TwilioFate(List<String> reports, int code, Duration delay) {
  /** As it should be. */
  public static final TwilioFate DELIVERED =
      new TwilioFate(List.of("queued", "sent", "delivered"), 0, Duration.ZERO);

  public TwilioFate {
    reports = List.copyOf(reports);
  }
}
