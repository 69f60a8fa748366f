package tocsin.demo;

import java.util.ArrayList;
import java.util.List;
import tocsin.audience.Channel;
import tocsin.delivery.Account;
import tocsin.demo.Difference.Kind;

/** Holds the gateway's account of each update against what arrived. */
final class Bookkeeping {
  private Bookkeeping() {}

  static List<Difference> of(List<Played> updates, List<Arrival> arrivals) {
    List<Difference> differences = new ArrayList<>();
    for (Played update : updates) {
      for (Channel channel : Channel.values()) {
        Account account = update.reckoning().on(channel);
        long arrived =
            arrivals.stream()
                .filter(arrival -> arrival.channel() == channel)
                .filter(arrival -> arrival.sequence() == update.sequence())
                .count();
        if (account.sent() != arrived) {
          differences.add(
              wrong(update, channel, "sent " + account.sent() + " but arrived " + arrived));
        }
        if (account.pending() != 0 || !update.reckoning().progress().equals("done")) {
          differences.add(
              wrong(
                  update,
                  channel,
                  account.pending() + " pending, " + update.reckoning().progress()));
        }
        if (account.failed() != 0) {
          differences.add(wrong(update, channel, account.failed() + " failed"));
        }
      }
    }
    return differences;
  }

  private static Difference wrong(Played update, Channel channel, String what) {
    return new Difference(Kind.ACCOUNT, update.sequence(), channel, what);
  }
}
