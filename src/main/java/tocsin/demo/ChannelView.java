package tocsin.demo;

import java.util.Arrays;
import java.util.List;
import tocsin.audience.Channel;
import tocsin.delivery.Account;

/** One channel of an update: a tab, and a line of its account. */
record ChannelView(String title, Account account, String link, boolean current) {

  static List<ChannelView> all(Played update, Choice choice) {
    return Arrays.stream(Channel.values())
        .map(channel ->
            new ChannelView(
                PageView.word(channel),
                update.reckoning().on(channel),
                choice.channel(channel).link(),
                channel == choice.channel()))
        .toList();
  }
}
