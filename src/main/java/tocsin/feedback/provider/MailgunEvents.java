package tocsin.feedback.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tocsin.audience.DeliveryId;
import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;
import tocsin.channel.email.StatusCode;
import tocsin.feedback.provider.ProviderEvent.Concerned;
import tocsin.feedback.provider.ProviderEvent.Left;
import tocsin.feedback.provider.ProviderEvent.Refused;
import tocsin.feedback.provider.ProviderEvent.Unwanted;

/**
 * The webhooks of Mailgun. Their signature covers a timestamp and a token, not the event: a token
 * is good for one body, so that whoever saw one cannot put another event under it.
 */
public final class MailgunEvents implements EventProvider {
  private static final String ALGORITHM = "HmacSHA256";

  /** It repeats for eight hours. */
  private static final Duration OLDEST = Duration.ofHours(12);

  private static final int LONGEST_PROOF = 4_000;

  private final SecretKeySpec key;
  private final SpentTokens tokens;
  private final InstantSource clock;

  public MailgunEvents(String key, SpentTokens tokens, InstantSource clock) {
    this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public String word() {
    return "mailgun";
  }

  @Override
  public Future<Optional<List<ProviderEvent>>> events(MultiMap headers, byte[] body) {
    Tree tree = Tree.of(body);
    String token = tree.text("signature", "token");
    if (!isSigned(tree, token)) {
      return Future.succeededFuture(Optional.empty());
    }
    return tokens
        .spend(token, tree.at("event-data").toString())
        .map(first ->
            first ? Optional.of(event(tree.at("event-data")).stream().toList()) : Optional.empty());
  }

  private boolean isSigned(Tree tree, String token) {
    String timestamp = tree.text("signature", "timestamp");
    return token.length() <= SpentTokens.LONGEST
        && Timestamps.isRecent(timestamp, OLDEST, clock.instant())
        && MessageDigest.isEqual(
            signature(timestamp + token).getBytes(UTF_8),
            tree.text("signature", "signature").getBytes(UTF_8));
  }

  /** In hexadecimal digits. */
  String signature(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** A failure that it calls temporary is one that it tries again. */
  private static Optional<ProviderEvent> event(Tree event) {
    Optional<DeliveryId> delivery =
        MessageIds.delivery(event.text("message", "headers", "message-id"));
    Optional<Concerned> recipient = delivery.map(Concerned.Recipient::new);
    return switch (event.text("event")) {
      case "failed" ->
          event.text("severity").equals("permanent")
              ? delivery.map(id -> refused(id, event))
              : Optional.empty();
      case "complained" -> recipient.map(who -> new Unwanted(who, "complained", proof(event)));
      case "unsubscribed" -> recipient.map(Left::new);
      default -> Optional.empty();
    };
  }

  private static ProviderEvent refused(DeliveryId delivery, Tree event) {
    String said =
        event.text("delivery-status", "message").isBlank()
            ? event.text("delivery-status", "description")
            : event.text("delivery-status", "message");
    StatusCode status =
        StatusCode.at(event.text("delivery-status", "enhanced-code")).orElse(StatusCode.in(said));
    String code = event.text("delivery-status", "code");
    int reply = code.matches("[45][0-9]{2}") ? Integer.parseInt(code) : 0;
    Diagnosis diagnosis = new Diagnosis(status, reply, Diagnosis.in(said).text());
    return new Refused(delivery, bounce(diagnosis, event.text("reason")), status.toString(), said);
  }

  /** Its codes from 600 on are its own; its word counts where there is no server's. */
  private static BounceClass bounce(Diagnosis diagnosis, String reason) {
    BounceClass said = diagnosis.bounceClass();
    if (said != BounceClass.UNKNOWN) {
      return said;
    }
    return switch (reason) {
      case "suppress-bounce", "bounce" -> BounceClass.HARD;
      case "espblock", "greylisted" -> BounceClass.POLICY;
      case "old" -> BounceClass.SOFT;
      default -> BounceClass.UNKNOWN;
    };
  }

  private static String proof(Tree event) {
    String proof = event.toString();
    return proof.substring(0, Math.min(proof.length(), LONGEST_PROOF));
  }
}
