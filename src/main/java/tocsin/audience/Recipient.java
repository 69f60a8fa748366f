package tocsin.audience;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber as the engine sees it at the moment of sending.
 *
 * @param address as its provider takes it: the domain of an e-mail address is in ASCII
 * @param locale language tag
 * @param secret the webhook's signing secret ({@code whsec_...}), null on other channels
 * @param updates which updates of one incident it is to get
 */
public record Recipient(
    int id,
    Channel channel,
    String address,
    String locale,
    ZoneId zone,
    Standing standing,
    @Nullable String secret,
    UpdateChoice updates) {

  /** Without address and secret: a recipient may end up in a log. */
  @Override
  public String toString() {
    return "Recipient[" + id + " " + channel.word() + " " + standing.word() + "]";
  }
}
