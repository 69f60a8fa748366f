package tocsin.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tocsin.api.TestGateway;
import tocsin.audience.DeliveryId;
import tocsin.channel.sms.TwilioSignature;
import tocsin.delivery.Receipts;

/** Twilio's word on a message is recorded, nobody else's, and never backwards. */
class TwilioStatusTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final TestGateway gateway =
      new TestGateway(it ->
          List.of(
              new TwilioStatus(
                      new TwilioSignature(TOKEN), new Receipts(it.pool), TestGateway.PUBLIC_URL)
                  ::mount));
  private static final int AUDIENCE = audience();

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void aSignedStateIsRecorded() {
    DeliveryId id = new DeliveryId(AUDIENCE, 1);

    assertThat(post(id, "sent", Map.of()).statusCode()).isEqualTo(204);
    assertThat(receipt(id)).isEqualTo("sent 4 ");
    assertThat(post(id, "undelivered", Map.of("ErrorCode", "30005")).statusCode()).isEqualTo(204);
    assertThat(receipt(id)).isEqualTo("undelivered 5 30005");
  }

  @Test
  void statesThatComeLateOrTwiceChangeNothing() {
    DeliveryId id = new DeliveryId(AUDIENCE, 2);

    for (String state : List.of("delivered", "sent", "queued", "delivered", "undelivered")) {
      assertThat(post(id, state, Map.of()).statusCode()).isEqualTo(204);
    }

    assertThat(receipt(id)).isEqualTo("delivered 5 ");
  }

  @Test
  void aWrongSignatureIsRefused() {
    DeliveryId id = new DeliveryId(AUDIENCE, 3);
    String path = "/hooks/twilio/status?d=" + id;
    Map<String, String> form = form("delivered", Map.of());
    String ofAnotherToken = sign("another token", path, form);
    String ofAnotherUrl = sign(TOKEN, "/hooks/twilio/status?d=d1_4", form);
    String ofAnotherForm = sign(TOKEN, path, form("failed", Map.of()));

    for (String signature : List.of(ofAnotherToken, ofAnotherUrl, ofAnotherForm, "", "x")) {
      assertThat(post(path, form, signature).statusCode()).isEqualTo(403);
    }
    var unsigned =
        gateway
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    assertThat(gateway.send(unsigned).statusCode()).isEqualTo(403);
    assertThat(receipt(id)).isEqualTo("none");
  }

  @Test
  void whatWeDoNotKnowIsTakenAndForgotten() {
    assertThat(post(new DeliveryId(AUDIENCE + 1, 1), "delivered", Map.of()).statusCode())
        .isEqualTo(204);
    assertThat(post(new DeliveryId(AUDIENCE, 4), "teleported", Map.of()).statusCode())
        .isEqualTo(204);
    Map<String, String> form = form("delivered", Map.of());
    for (String path : List.of("/hooks/twilio/status", "/hooks/twilio/status?d=%27")) {
      assertThat(post(path, form, sign(TOKEN, path, form)).statusCode()).isEqualTo(204);
    }
    assertThat(receipt(new DeliveryId(AUDIENCE, 4))).isEqualTo("none");
  }

  @Test
  void aFormHasBounds() {
    DeliveryId id = new DeliveryId(AUDIENCE, 5);
    String path = "/hooks/twilio/status?d=" + id;

    assertThat(post(path, Map.of("Body", "x".repeat(70_000)), "x").statusCode()).isIn(400, 413);
    assertThat(post(path, Map.of("Body", "x".repeat(20_000)), "x").statusCode()).isEqualTo(400);
    assertThat(receipt(id)).isEqualTo("none");
  }

  private static HttpResponse<String> post(DeliveryId id, String state, Map<String, String> more) {
    String path = "/hooks/twilio/status?d=" + id;
    Map<String, String> form = form(state, more);
    return post(path, form, sign(TOKEN, path, form));
  }

  private static HttpResponse<String> post(
      String path, Map<String, String> form, String signature) {
    return gateway.send(
        gateway
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", signature)
            .POST(BodyPublishers.ofString(encoded(form))));
  }

  private static Map<String, String> form(String state, Map<String, String> more) {
    Map<String, String> form = new TreeMap<>(more);
    form.put("MessageSid", "SM" + "c".repeat(32));
    form.put("MessageStatus", state);
    form.put("To", "+15005550009");
    form.put("From", "+15005550006");
    return form;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** As Twilio signs; its own SDK agrees. */
  private static String sign(String token, String path, Map<String, String> form) {
    String url = TestGateway.PUBLIC_URL + path;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      mac.update(url.getBytes(UTF_8));
      new TreeMap<>(form).forEach((name, value) -> mac.update((name + value).getBytes(UTF_8)));
      String signature = Base64.getEncoder().encodeToString(mac.doFinal());
      assertThat(new RequestValidator(token).validate(url, form, signature)).isTrue();
      return signature;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static String receipt(DeliveryId id) {
    var rows =
        gateway
            .pool
            .preparedQuery(
                "select state, rank, detail from receipt where audience = $1 and subscriber = $2")
            .execute(Tuple.of(id.audience(), id.subscriber()))
            .await();
    for (Row row : rows) {
      return row.getString(0) + " " + row.getInteger(1) + " " + row.getString(2);
    }
    return "none";
  }

  private static int audience() {
    return Objects.requireNonNull(
        gateway
            .pool
            .preparedQuery(
                """
                with i as (
                  insert into incident (id, title, kind, status, impact, last_sequence)
                  values ('i', 't', 'incident', 'identified', 'minor', 1) returning id),
                u as (
                  insert into incident_update (incident, sequence, status, impact, body, affects,
                    notify, source, fingerprint)
                  select id, 1, 'identified', 'minor', '{"": "x"}', '[{}]', true, 'test', '' from i
                  returning id)
                insert into audience (update_id, channel, priority, size, members, chunk_size)
                select id, 'sms', 4, 0, $1, 1 from u returning id
                """)
            .execute(Tuple.of(Buffer.buffer()))
            .await()
            .iterator()
            .next()
            .getInteger("id"));
  }
}
