package tocsin.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import tocsin.limit.LimitKey;
import tocsin.limit.Rate;

/**
 * What SMS are sent from: a messaging service, or numbers that share the recipients.
 *
 * @param all one at least where SMS are sent
 * @param closed whether a sender does not reach a number at present
 */
public record SenderPool(List<String> all, BiPredicate<String, String> closed) {
  private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
  private static final Pattern TOLL_FREE = Pattern.compile("\\+18(?:00|33|44|55|66|77|88)[0-9]{7}");
  private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");

  public SenderPool {
    all = List.copyOf(all);
  }

  /** All reach everybody. */
  public SenderPool(List<String> all) {
    this(all, (sender, number) -> false);
  }

  /** A pool of one. */
  public static SenderPool of(String sender) {
    return new SenderPool(List.of(sender));
  }

  /**
   * The sender of a recipient, always the same: when one comes or goes, only the recipients that it
   * gains or had are moved (rendezvous hashing). One that does not reach it gives way to the next,
   * if any does. Empty where the pool is.
   */
  String senderOf(String address) {
    List<String> open = all.size() < 2 ? all : reaching(address);
    return first(open.isEmpty() ? all : open, address);
  }

  private List<String> reaching(String address) {
    return all.stream().filter(sender -> !closed.test(sender, address)).toList();
  }

  private static String first(List<String> senders, String address) {
    String best = "";
    long most = Long.MIN_VALUE;
    for (String sender : senders) {
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
