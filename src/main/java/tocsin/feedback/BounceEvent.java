package tocsin.feedback;

import tocsin.audience.DeliveryId;
import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;

/**
 * A mail was refused for good.
 *
 * @param status enhanced code, or empty
 * @param detail what the server said, without addresses and control characters, at most 500
 *     characters
 */
public record BounceEvent(
    DeliveryId delivery, BounceClass bounce, String status, String detail, MailSource source) {
  private static final int LONGEST = 500;

  public BounceEvent {
    detail = bounded(detail);
  }

  public static BounceEvent of(DeliveryId delivery, Diagnosis diagnosis, MailSource source) {
    return new BounceEvent(
        delivery, diagnosis.bounceClass(), diagnosis.status().toString(), diagnosis.text(), source);
  }

  private static String bounded(String text) {
    String clean =
        text.replaceAll("[^\\s<>@\"(),;:]{1,64}@[^\\s<>@\"(),;:]{1,253}", "...")
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
  }
}
