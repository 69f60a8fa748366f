package tocsin.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.limit.LimitKey;
import tocsin.limit.Rate;

/**
 * What SMS are sent from: a messaging service, or numbers that share the recipients.
 *
 * @param all one at least where SMS are sent
 */
public record SenderPool(List<String> all) {
  private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
  private static final Pattern TOLL_FREE = Pattern.compile("\\+18(?:00|33|44|55|66|77|88)[0-9]{7}");
  private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");

  public SenderPool {
    all = List.copyOf(all);
  }

  /** A pool of one. */
  public static SenderPool of(String sender) {
    return new SenderPool(List.of(sender));
  }

  /**
   * The sender of a recipient, always the same: when one comes or goes, only the recipients that it
   * gains or had are moved (rendezvous hashing). Empty where the pool is.
   */
  String senderOf(String address) {
    String best = "";
    long most = Long.MIN_VALUE;
    for (String sender : all) {
      long weight = mixed(((long) sender.hashCode() << 32) ^ (address.hashCode() & 0xffffffffL));
      if (weight >= most) {
        most = weight;
        best = sender;
      }
    }
    return best;
  }

  /** What each of them is known to carry, in segments, by its limit's key. */
  public Map<String, Rate> rates() {
    Map<String, Rate> rates = new HashMap<>();
    for (String sender : all) {
      perSecond(sender)
          .ifPresent(segments ->
              rates.put(LimitKey.smsSender(sender), new Rate(segments, Duration.ofSeconds(1))));
    }
    return rates;
  }

  /** A service paces its own senders. */
  private static Optional<Integer> perSecond(String sender) {
    if (SERVICE.matcher(sender).matches()) {
      return Optional.empty();
    }
    if (TOLL_FREE.matcher(sender).matches()) {
      return Optional.of(3);
    }
    if (sender.startsWith("+")) {
      return Optional.of(1);
    }
    return Optional.of(SHORT_CODE.matcher(sender).matches() ? 100 : 10);
  }

  /** The finalizer of SplitMix64. */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
