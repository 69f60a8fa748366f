package tocsin.feedback.provider;

import java.time.Duration;
import java.time.Instant;

/** Times that senders put beside their signatures, so that an old body is not good for ever. */
final class Timestamps {
  /** How wrong clocks may be. */
  private static final Duration SLACK = Duration.ofMinutes(5);

  private Timestamps() {}

  /**
   * @param seconds of the epoch
   */
  static boolean isRecent(String seconds, Duration oldest, Instant now) {
    return seconds.matches("[0-9]{1,11}")
        && isRecent(Instant.ofEpochSecond(Long.parseLong(seconds)), oldest, now);
  }

  static boolean isRecent(Instant time, Duration oldest, Instant now) {
    return time.isAfter(now.minus(oldest)) && time.isBefore(now.plus(SLACK));
  }
}
