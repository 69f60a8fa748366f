package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tocsin.feedback.provider.SnsWeb;

/** SNS with one topic and one certificate. */
final class FakeSns implements SnsWeb {
  static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail";
  private static final String CERTIFICATE =
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b.pem";
  private final KeyPair keys = SignedPosts.rsa();
  private final List<String> confirmed = Collections.synchronizedList(new ArrayList<>());
  private final Instant now;

  FakeSns(Instant now) {
    this.now = now;
  }

  @Override
  public Future<PublicKey> signingKey(URI url) {
    return url.toString().equals(CERTIFICATE)
        ? Future.succeededFuture(keys.getPublic())
        : Future.failedFuture("404");
  }

  @Override
  public Future<Void> confirm(URI url) {
    confirmed.add(url.toString());
    return Future.succeededFuture();
  }

  List<String> confirmed() {
    return List.copyOf(confirmed);
  }

  /**
   * @param version 1 is SHA-1, 2 is SHA-256
   */
  JsonObject notification(String message, String version) {
    return signed(
        Map.of(
            "Type",
            "Notification",
            "MessageId",
            "m-1",
            "Subject",
            "Amazon SES Email Event Notification",
            "TopicArn",
            TOPIC,
            "Message",
            message,
            "Timestamp",
            now.toString()),
        version,
        keys);
  }

  JsonObject signedByAnother(String message) {
    return new FakeSns(now).notification(message, "2");
  }

  String subscription(String url) {
    return signed(
            Map.of(
                "Type", "SubscriptionConfirmation",
                "MessageId", "m-2",
                "Token", "abc",
                "TopicArn", TOPIC,
                "Message", "You have chosen to subscribe",
                "SubscribeURL", url,
                "Timestamp", now.toString()),
            "2",
            keys)
        .encode();
  }

  private static JsonObject signed(Map<String, String> fields, String version, KeyPair keys) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(fields)
        .forEach((name, value) -> text.append(name).append('\n').append(value).append('\n'));
    JsonObject json = new JsonObject();
    fields.forEach(json::put);
    return json.put("SignatureVersion", version)
        .put("SigningCertURL", CERTIFICATE)
        .put(
            "Signature",
            new SignedPosts(keys, version.equals("1") ? "SHA1withRSA" : "SHA256withRSA")
                .sign(text.toString()));
  }
}
