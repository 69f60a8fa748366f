package tocsin.delivery;

import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

/** Which dead letters are meant; null means all. */
public record Selection(
    @Nullable String incident, @Nullable Channel channel, @Nullable Reason reason) {

  static final Selection ALL = new Selection(null, null, null);

  @Nullable String channelWord() {
    return channel == null ? null : channel.word();
  }

  @Nullable String reasonWord() {
    return reason == null ? null : reason.word();
  }
}
