package tocsin.audience;

import java.time.ZoneId;
import java.util.List;

/**
 * A subscriber as the engine sees it at the moment of sending.
 *
 * @param address as its provider takes it: the domain of an e-mail address is in ASCII
 * @param locale language tag
 * @param keys what a webhook is signed with now ({@code whsec_...} or {@code whsk_...}), newest
 *     first; empty on other channels
 * @param dialect of a webhook; NATIVE on other channels
 * @param updates which updates of one incident it is to get
 * @param mailbox PERSONAL on other channels than e-mail
 * @param linkVersion of the links to their preferences
 */
public record Recipient(
    int id,
    Channel channel,
    String address,
    String locale,
    ZoneId zone,
    Standing standing,
    List<String> keys,
    Dialect dialect,
    UpdateChoice updates,
    Mailbox mailbox,
    int linkVersion) {

  public Recipient {
    keys = List.copyOf(keys);
  }

  /** Without address and keys: a recipient may end up in a log. */
  @Override
  public String toString() {
    return "Recipient[" + id + " " + channel.word() + " " + standing.word() + "]";
  }
}
