package tocsin.dispatch;

import java.util.Map;
import java.util.OptionalDouble;
import tocsin.audience.Channel;
import tocsin.limit.Rate;

/** How many deliveries a second a channel is taken to do where no limit slows it. Pure. */
final class Capacity {
  private Capacity() {}

  /**
   * What was measured; until then, whoever has set a limit for the whole channel is taken to know
   * that it can be reached, and else a modest provider is assumed.
   */
  static double of(Channel channel, Map<String, Rate> rates, OptionalDouble measured) {
    if (measured.isPresent()) {
      return measured.getAsDouble();
    }
    return rates.containsKey(channel.word()) ? Double.POSITIVE_INFINITY : modest(channel);
  }

  private static double modest(Channel channel) {
    return switch (channel) {
      case EMAIL -> 500;
      case SMS -> 100;
      case WEBHOOK -> 500;
    };
  }
}
