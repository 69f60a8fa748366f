package tocsin.feedback.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Amazon SNS posts: an envelope with a signature and, as a string, what it is about. */
record SnsMessage(Tree envelope) {
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "https://sns\\.[a-z0-9-]{3,30}\\.amazonaws\\.com(?:\\.cn)?"
              + "/SimpleNotificationService-[A-Za-z0-9]{1,100}\\.pem");
  private static final Pattern SUBSCRIBE =
      Pattern.compile(
          "https://sns\\.([a-z0-9-]{3,30})\\.amazonaws\\.com(?:\\.cn)?/"
              + "\\?Action=ConfirmSubscription&[A-Za-z0-9_.~%:&=-]{1,2000}");

  String type() {
    return envelope.text("Type");
  }

  String topic() {
    return envelope.text("TopicArn");
  }

  Tree message() {
    return Tree.of(envelope.text("Message"));
  }

  Instant at() {
    try {
      return Instant.parse(envelope.text("Timestamp"));
    } catch (DateTimeException malformed) {
      return Instant.MIN;
    }
  }

  /** Empty unless it leads to SNS itself, by HTTPS. */
  Optional<URI> certificate() {
    String url = envelope.text("SigningCertURL");
    return CERTIFICATE.matcher(url).matches() ? Optional.of(URI.create(url)) : Optional.empty();
  }

  /**
   * Where to confirm the subscription; empty unless it leads to SNS itself in the topic's region.
   */
  Optional<URI> subscribe() {
    String url = envelope.text("SubscribeURL");
    var matcher = SUBSCRIBE.matcher(url);
    return matcher.matches() && topic().split(":", -1)[3].equals(matcher.group(1))
        ? Optional.of(URI.create(url))
        : Optional.empty();
  }

  boolean isSignedBy(PublicKey key) {
    String algorithm =
        switch (envelope.text("SignatureVersion")) {
          case "1" -> "SHA1withRSA";
          case "2" -> "SHA256withRSA";
          default -> "";
        };
    if (algorithm.isEmpty()) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(signedText().getBytes(UTF_8));
      return verifier.verify(Base64.getDecoder().decode(envelope.text("Signature")));
    } catch (GeneralSecurityException | IllegalArgumentException forged) {
      return false;
    }
  }

  /** A name and a value a line, in the order of the names. */
  String signedText() {
    List<String> names =
        type().equals("Notification")
            ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
            : List.of(
                "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (envelope.at(name).node() instanceof String value) {
        text.append(name).append('\n').append(value).append('\n');
      }
    }
    return text.toString();
  }
}
