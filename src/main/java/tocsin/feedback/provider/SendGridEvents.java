package tocsin.feedback.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tocsin.audience.DeliveryId;
import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;
import tocsin.channel.email.StatusCode;
import tocsin.feedback.provider.ProviderEvent.Concerned;
import tocsin.feedback.provider.ProviderEvent.Left;
import tocsin.feedback.provider.ProviderEvent.Refused;
import tocsin.feedback.provider.ProviderEvent.Unwanted;

/** The signed event webhook of SendGrid: ECDSA over the timestamp and the body. */
public final class SendGridEvents implements EventProvider {
  private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

  /** It repeats for a day, each time signed anew. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final int LONGEST_PROOF = 4_000;

  private final PublicKey key;
  private final InstantSource clock;

  /**
   * @param key Base64 of an EC key (X.509), as SendGrid shows it
   * @throws IllegalArgumentException where it is none
   */
  public SendGridEvents(String key, InstantSource clock) {
    try {
      this.key =
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("sendgrid.key is no EC public key", e);
    }
    this.clock = clock;
  }

  @Override
  public String word() {
    return "sendgrid";
  }

  @Override
  public Future<Optional<List<ProviderEvent>>> events(MultiMap headers, byte[] body) {
    return Future.succeededFuture(
        isGenuine(headers, body)
            ? Optional.of(
                Tree.of(body).elements().stream().flatMap(event -> event(event).stream()).toList())
            : Optional.empty());
  }

  private boolean isGenuine(MultiMap headers, byte[] body) {
    String timestamp = Objects.requireNonNullElse(headers.get(TIMESTAMP), "");
    String signature = Objects.requireNonNullElse(headers.get(SIGNATURE), "");
    if (!Timestamps.isRecent(timestamp, OLDEST, clock.instant())) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(timestamp.getBytes(UTF_8));
      verifier.update(body);
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException forged) {
      return false;
    }
  }

  private static Optional<ProviderEvent> event(Tree event) {
    Optional<DeliveryId> delivery = MessageIds.delivery(event.text("smtp-id"));
    return switch (event.text("event")) {
      case "bounce" -> delivery.map(id -> bounced(id, event));
      case "dropped" -> dropped(delivery, event);
      case "spamreport" -> Optional.of(unwanted(concerned(delivery, event), event));
      case "unsubscribe", "group_unsubscribe" -> Optional.of(new Left(concerned(delivery, event)));
      default -> Optional.empty();
    };
  }

  private static ProviderEvent bounced(DeliveryId delivery, Tree event) {
    String reason = event.text("reason");
    Diagnosis said = Diagnosis.in(reason);
    StatusCode status = StatusCode.at(event.text("status")).orElse(StatusCode.NONE);
    Diagnosis diagnosis =
        said.status().isSpecific() || status.kind() == 0
            ? said
            : new Diagnosis(status, said.reply(), said.text());
    return new Refused(delivery, bounce(diagnosis, event), diagnosis.status().toString(), reason);
  }

  /** Its own word counts where the server's says nothing; {@code blocked} is never the address. */
  private static BounceClass bounce(Diagnosis diagnosis, Tree event) {
    BounceClass said = diagnosis.bounceClass();
    if (said != BounceClass.UNKNOWN) {
      return said == BounceClass.HARD && event.text("type").equals("blocked")
          ? BounceClass.POLICY
          : said;
    }
    return switch (event.text("bounce_classification").toLowerCase(java.util.Locale.ROOT)) {
      case "invalid address" -> BounceClass.HARD;
      case "content" -> BounceClass.CONTENT;
      case "reputation" -> BounceClass.POLICY;
      case "mailbox unavailable", "technical", "frequency/volume" -> BounceClass.SOFT;
      default -> BounceClass.UNKNOWN;
    };
  }

  /** It did not even try, since it remembers the address. */
  private static Optional<ProviderEvent> dropped(Optional<DeliveryId> delivery, Tree event) {
    return switch (event.text("reason")) {
      case "Bounced Address", "Invalid" ->
          delivery.map(id -> new Refused(id, BounceClass.HARD, "", event.text("reason")));
      case "Unsubscribed Address" -> Optional.of(new Left(concerned(delivery, event)));
      case "Spam Reporting Address" -> Optional.of(unwanted(concerned(delivery, event), event));
      default -> delivery.map(id -> new Refused(id, BounceClass.CONTENT, "", event.text("reason")));
    };
  }

  private static ProviderEvent unwanted(Concerned who, Tree event) {
    String proof = event.toString();
    return new Unwanted(
        who, "spamreport", proof.substring(0, Math.min(proof.length(), LONGEST_PROOF)));
  }

  private static Concerned concerned(Optional<DeliveryId> delivery, Tree event) {
    return delivery
        .<Concerned>map(Concerned.Recipient::new)
        .orElseGet(() -> new Concerned.Holder(event.text("email")));
  }
}
