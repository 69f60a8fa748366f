package tocsin.dispatch;

import java.util.EnumSet;
import java.util.Set;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

/**
 * How the hosts of a channel are treated.
 *
 * @param perHost every webhook host is on its own; e-mail and SMS have one provider
 * @param most sends at a time to one host
 * @param failures in a row that take it for down
 * @param first so many at a time to begin with
 * @param least so many at a time however many fail
 * @param signs reasons that speak of the host rather than of one recipient: a mail relay may be
 *     told to slow down by one recipient's server, and a webhook host that answers is up, whatever
 *     it says of one of its endpoints
 */
record HostRules(boolean perHost, int most, int failures, int first, int least, Set<Reason> signs) {
  private static final int FEW = 4;

  /** One send that hangs must not hold up a provider that all recipients share. */
  private static final int LEAST_OF_PROVIDER = 2;

  private static final Set<Reason> SILENCE =
      EnumSet.of(Reason.CONNECTION, Reason.TIMEOUT, Reason.UNKNOWN);
  private static final Set<Reason> OUT_OF_ORDER =
      EnumSet.of(Reason.CONNECTION, Reason.TIMEOUT, Reason.UNKNOWN, Reason.UNAVAILABLE);
  private static final Set<Reason> TROUBLE =
      EnumSet.of(
          Reason.CONNECTION, Reason.TIMEOUT, Reason.UNKNOWN, Reason.UNAVAILABLE, Reason.THROTTLED);

  /**
   * @param sends of the channel at a time
   */
  static HostRules of(Channel channel, int sends) {
    return switch (channel) {
      case EMAIL -> new HostRules(false, sends, 10, sends, sends, OUT_OF_ORDER);
      case SMS ->
          new HostRules(
              false, sends, 10, Math.min(FEW, sends), Math.min(LEAST_OF_PROVIDER, sends), TROUBLE);
      case WEBHOOK -> {
        int most = Math.max(1, sends / 2);
        yield new HostRules(true, most, 5, Math.min(FEW, most), 1, SILENCE);
      }
    };
  }

  boolean speaksOfHost(Reason reason) {
    return signs.contains(reason);
  }
}
