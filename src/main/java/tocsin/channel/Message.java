package tocsin.channel;

import java.time.Duration;
import java.util.List;
import tocsin.audience.DeliveryId;
import tocsin.audience.Dialect;
import tocsin.render.MailOctets;

/** What one recipient gets. */
public sealed interface Message {
  /** The same on every attempt. */
  DeliveryId id();

  /**
   * A mail, ready for the wire.
   *
   * @param returnPath sender in the envelope, one ASCII address
   * @param recipient the address, already checked to be one address without control characters; its
   *     domain is ASCII, what stands before the @ need not be
   */
  record Email(DeliveryId id, String returnPath, String recipient, MailOctets content)
      implements Message {
    @Override
    public String toString() {
      return "Email[" + id + "]";
    }
  }

  /**
   * A text message.
   *
   * @param sender number, short code, name or messaging service
   * @param to E.164
   * @param segments what the provider will bill and pace
   * @param validity how long the provider may keep trying, whole seconds, 5 s to 10 h
   */
  record Sms(DeliveryId id, String sender, String to, String text, int segments, Duration validity)
      implements Message {
    @Override
    public String toString() {
      return "Sms[" + id + "]";
    }
  }

  /**
   * An event for a customer's system, not signed yet: each attempt is signed anew.
   *
   * @param endpoint URL as the subscriber gave it; hostile until checked
   * @param keys each signs it: {@code whsec_...} or {@code whsk_...}
   * @param dialect whose receiver answers
   * @param body JSON; may be shared, never written to
   */
  @SuppressWarnings("ArrayRecordComponent") // shared bytes, never compared
  record Webhook(DeliveryId id, String endpoint, List<String> keys, Dialect dialect, byte[] body)
      implements Message {
    public Webhook {
      keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
      return "Webhook[" + id + "]";
    }
  }
}
