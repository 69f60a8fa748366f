package tocsin.dispatch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

/**
 * What becomes of a deferred send: dense tries while the update is news, then thinner, until it is
 * too old. Pure.
 *
 * @param delays before the second try, the third...; the last one repeats
 * @param freshness how old an update may be and still be told
 */
public record RetryPolicy(List<Duration> delays, Duration freshness) {
  /** Before the end of the freshness, so that whoever asks for more is still asked once. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final Duration OPERATOR_PAUSE = Duration.ofMinutes(1);
  private static final Duration LIMIT_PAUSE = Duration.ofSeconds(2);
  private static final double JITTER = 0.2;

  /** What to do next. */
  public sealed interface Decision {
    record Again(Duration after) implements Decision {}

    record GiveUp() implements Decision {}
  }

  public RetryPolicy {
    delays = List.copyOf(delays);
  }

  public static RetryPolicy of(Channel channel) {
    return switch (channel) {
      case EMAIL -> new RetryPolicy(minutes(1, 5, 15, 30, 60), Duration.ofHours(24));
      case SMS ->
          new RetryPolicy(
              List.of(
                  Duration.ofSeconds(30),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(2),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(15)),
              Duration.ofHours(1));
      case WEBHOOK ->
          new RetryPolicy(
              List.of(
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(30),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(2),
                  Duration.ofMinutes(4),
                  Duration.ofMinutes(8),
                  Duration.ofMinutes(15),
                  Duration.ofMinutes(30),
                  Duration.ofHours(1),
                  Duration.ofHours(2)),
              Duration.ofHours(24));
    };
  }

  private static List<Duration> minutes(int... minutes) {
    return Arrays.stream(minutes).mapToObj(Duration::ofMinutes).toList();
  }

  /**
   * Decides about one deferred send.
   *
   * @param requested what the provider asked for; honoured where it is longer than our own delay,
   *     and where another route is to be taken
   * @param failed attempts that failed, this one included if it counts
   * @param age since the update was accepted
   */
  public Decision decide(
      Reason reason,
      @Nullable Duration requested,
      int failed,
      Duration age,
      RandomGenerator random) {
    Duration own =
        switch (reason) {
          case OPERATOR -> OPERATOR_PAUSE;
          case ROUTE -> requested == null ? OPERATOR_PAUSE : shorter(requested, OPERATOR_PAUSE);
          case LIMIT -> LIMIT_PAUSE;
          default -> delays.get(Math.clamp(failed, 1, delays.size()) - 1);
        };
    double spread = 1 + JITTER * (2 * random.nextDouble() - 1);
    Duration after = Duration.ofMillis(Math.round(own.toMillis() * spread));
    if (requested != null && requested.compareTo(after) > 0) {
      after = longer(after, shorter(requested, lastChance(age)));
    }
    return age.plus(after).compareTo(freshness) > 0
        ? new Decision.GiveUp()
        : new Decision.Again(after);
  }

  private Duration lastChance(Duration age) {
    return freshness.minus(age).minus(MARGIN);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
