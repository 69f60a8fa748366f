package tocsin.demo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;

/**
 * One message as a receiver got it.
 *
 * @param number 0, 1, 2... in order of arrival
 * @param address the mailbox, the number, or the URL
 * @param id the Message-ID, the sid that the provider gave, or the webhook-id
 * @param verified the sender proved itself, where the channel can: by signature or credentials
 * @param telling null where the words are of no known update
 * @param content null where there was no room to keep it
 */
public record Arrival(
    int number,
    Channel channel,
    String address,
    String id,
    boolean verified,
    Instant at,
    @Nullable Telling telling,
    @Nullable Content content) {

  /** Which update it tells; 0 where that is not known. */
  public int sequence() {
    return telling == null ? 0 : telling.sequence();
  }
}
