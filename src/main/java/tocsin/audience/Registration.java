package tocsin.audience;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to be told, well-formed but not yet held against the catalogue.
 *
 * @param locale language tag
 * @param subscriptions never empty
 * @param updates LATEST unless it is a webhook
 * @param form the usual one unless it is a webhook
 * @param mailbox PERSONAL unless it is an e-mail address
 * @param consent null: whoever registers them vouches for it
 * @param secret of a webhook, null: one is made, or the present one stays
 */
public record Registration(
    Address address,
    String locale,
    ZoneId zone,
    @Nullable String customer,
    List<Subscription> subscriptions,
    UpdateChoice updates,
    WebhookForm form,
    Mailbox mailbox,
    @Nullable Consent consent,
    @Nullable String secret) {

  public Registration {
    subscriptions = List.copyOf(subscriptions);
    if (subscriptions.isEmpty()) {
      throw new IllegalArgumentException("a registration holds a subscription");
    }
    if (updates == UpdateChoice.EVERY && address.channel() != Channel.WEBHOOK) {
      throw new IllegalArgumentException("only a webhook may want every update");
    }
    if (!form.equals(WebhookForm.USUAL) && address.channel() != Channel.WEBHOOK) {
      throw new IllegalArgumentException("only a webhook has a form");
    }
    if (mailbox.isShared() && address.channel() != Channel.EMAIL) {
      throw new IllegalArgumentException("only an e-mail address is a shared mailbox");
    }
  }

  public Channel channel() {
    return address.channel();
  }

  /** Without address and secret. */
  @Override
  public String toString() {
    return "Registration[" + channel().word() + "]";
  }
}
