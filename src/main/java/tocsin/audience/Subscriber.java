package tocsin.audience;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address on one channel, with what it wants to hear of. Its secrets are not in it.
 *
 * @param locale language tag
 * @param subscriptions never empty
 * @param publicKey what a webhook verifies {@code v1a} signatures with ({@code whpk_...}); null
 *     where it asked for none
 */
public record Subscriber(
    int id,
    Channel channel,
    String address,
    String locale,
    ZoneId zone,
    @Nullable String customer,
    List<Subscription> subscriptions,
    UpdateChoice updates,
    WebhookForm form,
    Mailbox mailbox,
    @Nullable String publicKey,
    Standing standing,
    Consent consent,
    Instant createdAt) {

  public Subscriber {
    subscriptions = List.copyOf(subscriptions);
  }

  /** Without the address. */
  @Override
  public String toString() {
    return "Subscriber[" + id + " " + channel.word() + " " + standing.word() + "]";
  }
}
