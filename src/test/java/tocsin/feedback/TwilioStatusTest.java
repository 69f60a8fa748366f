package tocsin.feedback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import tocsin.api.TestGateway;
import tocsin.audience.AddressHash;
import tocsin.audience.DeliveryId;
import tocsin.audience.LinkTokens;
import tocsin.audience.Suppressions;
import tocsin.channel.sms.ClosedCountries;
import tocsin.channel.sms.TwilioSignature;
import tocsin.delivery.Confirmations;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.Receipts;
import tocsin.delivery.Requeues;
import tocsin.selfservice.OptInAnswers;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.OptInProofs;

/** Twilio's word on a message is recorded, nobody else's, and never backwards. */
class TwilioStatusTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String SECONDARY = "f".repeat(32);
  private static final ClosedCountries unregistered = new ClosedCountries(InstantSource.system());
  private static final TestGateway gateway =
      new TestGateway(it ->
          List.of(
              new TwilioStatus(
                      hook(),
                      new Receipts(it.pool),
                      new Confirmations(it.pool),
                      aftermath(it),
                      unregistered)
                  ::mount,
              new TwilioInbound(
                      hook(),
                      new OptOuts(it.pool, it.suppressions),
                      answers(it),
                      new HelpText("Acme & Co", TestGateway.PUBLIC_URL))
                  ::mount));
  private static final int AUDIENCE = audience();

  private static OptInAnswers answers(TestGateway it) {
    byte[] key = TOKEN.getBytes(US_ASCII);
    return new OptInAnswers(
        it.pool,
        new OptInProofs(new LinkTokens(key), new OptInCodes(key)),
        new Suppressions(new AddressHash(key)),
        new NoEndpoints());
  }

  private static TwilioHook hook() {
    return new TwilioHook(new TwilioSignature(TOKEN, SECONDARY), TestGateway.PUBLIC_URL);
  }

  private static Aftermath aftermath(TestGateway it) {
    return new Aftermath(
        it.pool,
        it.subscribers,
        new Requeues(it.pool, new FrozenAudiences(it.pool)),
        InstantSource.system(),
        it.metrics);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void aSignedStateIsRecorded() {
    DeliveryId id = new DeliveryId(AUDIENCE, 1);

    assertThat(post(id, "sent", Map.of()).statusCode()).isEqualTo(204);
    assertThat(receipt(id)).isEqualTo("sent 4 ");
    assertThat(post(id, "undelivered", Map.of("ErrorCode", "30036")).statusCode()).isEqualTo(204);
    assertThat(receipt(id)).isEqualTo("undelivered 5 30036");
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

  @ParameterizedTest
  @CsvSource({
    "30005, quarantined",
    "30006, quarantined",
    "21610, opted_out",
    "30007, active",
    "30034, active",
    "30036, active",
    "30410, active"
  })
  void aNumberThatCannotWorkIsSetAside(int code, String standing) {
    int subscriber = subscriber();

    failed(new DeliveryId(AUDIENCE, subscriber), code, "x");

    assertThat(standing(subscriber)).isEqualTo(standing);
  }

  @ParameterizedTest
  @CsvSource({"30032", "30034", "30035"})
  void whereCarriersDoNotKnowUsTheCountryIsClosedUntilATextArrives(int code) {
    DeliveryId id = new DeliveryId(AUDIENCE, subscriber());
    String american = "+12025550143";

    post(id, "undelivered", to(american, code, "first"));
    assertThat(unregistered.wait(american)).isPresent();
    post(id, "sent", to(american, code, "second"));
    assertThat(unregistered.wait(american)).isPresent();
    post(id, "delivered", to(american, code, "second"));
    assertThat(unregistered.wait(american)).isEmpty();
    post(id, "undelivered", to(american, code, "first"));
    assertThat(unregistered.wait(american)).isEmpty();
  }

  private static Map<String, String> to(String number, int code, String sid) {
    return Map.of(
        "To",
        number,
        "ErrorCode",
        Integer.toString(code),
        "MessageSid",
        "SM" + number + code + sid);
  }

  @ParameterizedTest
  @CsvSource({"30003, 5", "30004, 3"})
  void aNumberThatFailsAgainAndAgainIsSetAside(int code, int most) {
    int subscriber = subscriber();
    DeliveryId id = new DeliveryId(AUDIENCE, subscriber);
    before(id, code, most - 2, "13 days");
    before(id, code, most, "15 days");

    failed(id, code, "last but one");
    failed(id, code, "last but one");
    assertThat(standing(subscriber)).isEqualTo("active");
    failed(id, code, "last");
    assertThat(standing(subscriber)).isEqualTo("quarantined");
  }

  @Test
  void whatWasSentUnderAnotherIdIsAskedForAgain() {
    DeliveryId id = new DeliveryId(AUDIENCE, subscriber());

    assertThat(
            post(id, "undelivered", Map.of("ErrorCode", "30017", "MessageSid", "SM" + id))
                .statusCode())
        .isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"30003, 15", "30017, 2"})
  void whatFailedOnItsWayIsSentAgainLaterAndOnce(int code, int minutes) {
    DeliveryId id = new DeliveryId(AUDIENCE, subscriber());
    String sid = "SM" + id;
    sent(id, sid);
    Map<String, String> failure = Map.of("ErrorCode", Integer.toString(code), "MessageSid", sid);

    assertThat(post(id, "undelivered", failure).statusCode()).isEqualTo(204);
    assertThat(post(id, "undelivered", failure).statusCode()).isEqualTo(204);

    assertThat(recorded(id)).isEqualTo("deferred requeued: Twilio " + code);
    assertThat(
            text(
                """
                select count(*) || ' ' || min(attempts) || ' ' || bool_or(replay) || ' '
                    || round(extract(epoch from min(due_at) - now()) / 60)
                  from retry where subscriber = $1
                """,
                id.subscriber()))
        .isEqualTo("1 1 false " + minutes);
    assertThat(text("select sent::text from chunk where number = 0 and $1 > 0", id.subscriber()))
        .isEqualTo("0");
  }

  private static void sent(DeliveryId id, String sid) {
    gateway
        .pool
        .preparedQuery(
            """
            with c as (
              insert into chunk (audience, number, channel, size, settled, sent)
              values ($1, 0, 'sms', 2999, 1, 1)
              on conflict (audience, number) do update
                 set settled = chunk.settled + 1, sent = chunk.sent + 1)
            insert into ledger (audience, chunk, state, attempts, subscribers, details)
            values ($1, 0, 'sent', 1, array[$2], array[$3])
            """)
        .execute(Tuple.of(id.audience(), id.subscriber(), sid))
        .await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sent", "delivered", "undelivered"})
  void whatMayHaveBeenSentWasIfTwilioReportsOnIt(String state) {
    DeliveryId id = new DeliveryId(AUDIENCE, subscriber());
    doubtful(id);

    assertThat(post(id, state, Map.of("MessageSid", "SM" + id)).statusCode()).isEqualTo(204);

    assertThat(recorded(id)).isEqualTo("sent SM" + id);
  }

  private static void doubtful(DeliveryId id) {
    gateway
        .pool
        .preparedQuery(
            """
            with c as (
              insert into chunk (audience, number, channel, size, settled, failed, done)
              values ($1, $2, 'sms', 1, 1, 1, true))
            insert into ledger (audience, chunk, state, attempts, reason, subscribers, details)
            values ($1, $2, 'failed', 1, 'unknown', array[$2], array['unknown: may have been sent'])
            """)
        .execute(Tuple.of(id.audience(), id.subscriber()))
        .await();
  }

  private static String recorded(DeliveryId id) {
    return text(
        "select state || ' ' || details[1] from ledger where $1 = any(subscribers)"
            + " order by id desc limit 1",
        id.subscriber());
  }

  @Test
  void theSecondaryTokenSignsToo() {
    DeliveryId id = new DeliveryId(AUDIENCE, 6);
    String path = "/hooks/twilio/status?d=" + id;
    Map<String, String> form = form("delivered", Map.of());

    assertThat(post(path, form, sign(SECONDARY, path, form)).statusCode()).isEqualTo(204);
    assertThat(receipt(id)).isEqualTo("delivered 5 ");
  }

  @Test
  void stopAndStartAreObeyedOnceEach() {
    int subscriber = subscriber();
    String number = number(subscriber);

    assertThat(inbound("s1" + number, number, " Stop\n", "")).isEqualTo("<Response/>");
    assertThat(standing(subscriber)).isEqualTo("opted_out");
    inbound("s2" + number, number, "please start", "START");
    assertThat(standing(subscriber)).isEqualTo("active");
    inbound("s1" + number, number, "STOP", "");
    assertThat(standing(subscriber)).isEqualTo("active");
    inbound("s3" + number, number, "Arrêt ñ €", "STOP");
    assertThat(standing(subscriber)).isEqualTo("opted_out");
    assertThat(consents(subscriber)).isEqualTo("withdrawn given withdrawn");
    inbound("s4" + number, number, "help", "HELP");
    inbound("s5" + number, number, "do not start", "");
    assertThat(standing(subscriber)).isEqualTo("opted_out");
  }

  @Test
  void charactersThatCannotBeKeptDoNotHideAState() {
    DeliveryId id = new DeliveryId(AUDIENCE, 7);

    assertThat(post(id, "delivered", Map.of("MessageSid", "SM\0")).statusCode()).isEqualTo(204);

    assertThat(receipt(id)).startsWith("delivered ");
  }

  @Test
  void charactersThatCannotBeKeptDoNotHideAStop() {
    int subscriber = subscriber();
    String number = number(subscriber);

    assertThat(inbound("s0" + number, number, "stop\0", "")).isEqualTo("<Response/>");

    assertThat(standing(subscriber)).isEqualTo("opted_out");
  }

  @Test
  void whoIsNoSubscriberAndSaysStopCannotBecomeOneUntilTheySayStart() {
    String number = "+15005550199";
    String registration = "{\"channel\": \"sms\", \"address\": \"" + number + "\"}";

    inbound("n1" + number, number, "STOP", "");
    assertThat(gateway.call("POST", "/v1/subscribers", registration).statusCode()).isEqualTo(409);
    inbound("n2" + number, number, "START", "");
    assertThat(gateway.call("POST", "/v1/subscribers", registration).statusCode()).isEqualTo(201);
  }

  @Test
  void whoWasDeletedAndSaysStopHasOptedOut() {
    int subscriber = subscriber();
    gateway.call("DELETE", "/v1/subscribers/" + subscriber);

    inbound("d1" + subscriber, number(subscriber), "STOP", "");

    assertThat(standing(subscriber)).isEqualTo("opted_out");
  }

  @Test
  void onlyAWordThatTwilioDoesNotKnowIsAnswered() {
    int subscriber = subscriber();
    String number = number(subscriber);

    assertThat(inbound("h1" + number, number, "Hilfe!", ""))
        .startsWith("<Response><Message>Acme &amp; Co: ")
        .contains("https://status.example.com")
        .contains("STOP");
    assertThat(inbound("h2" + number, number, "HELP", "")).isEqualTo("<Response/>");
    assertThat(inbound("h3" + number, number, "Hilfe", "HELP")).isEqualTo("<Response/>");
    assertThat(standing(subscriber)).isEqualTo("active");
  }

  @Test
  void hostileTextsChangeNothing() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("TwilioStatusTest seed=" + seed);
    Random random = new Random(seed);
    int subscriber = subscriber();
    String number = number(subscriber);

    for (int i = 0; i < 500; i++) {
      String sid = i % 7 == 0 ? junk(random, 100) : "j" + i + number;
      String from = i % 3 == 0 ? junk(random, 50) : number;
      String type = i % 5 == 0 ? junk(random, 10) + "?" : "";
      assertThat(inbound(sid, from, "?" + junk(random, 800) + "?7", type)).isEqualTo("<Response/>");
    }

    assertThat(standing(subscriber)).isEqualTo("active");
  }

  private static String junk(Random random, int longest) {
    return random
        .ints(random.nextInt(longest), 0, 0x2FFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void yesConfirmsAnOpenOptInOnceAndElseIsTheWordThatTwilioTakesItFor() {
    String number = "+4915112340000";
    optIn(number);

    inbound("y1", number, "Ja!", "");
    int subscriber = subscriberOf(number);
    assertThat(standing(subscriber)).isEqualTo("active");
    assertThat(consents(subscriber)).isEqualTo("given");

    inbound("y2", number, "stop", "STOP");
    inbound("y1", number, "Ja!", "");
    inbound("y3", number, "ja", "");
    assertThat(standing(subscriber)).isEqualTo("opted_out");
    inbound("y4", number, "Yes", "START");
    assertThat(standing(subscriber)).isEqualTo("active");
    assertThat(consents(subscriber)).isEqualTo("given withdrawn given");
  }

  private static void optIn(String number) {
    HttpResponse<String> answer =
        gateway.call("POST", "/v1/opt-ins", "{\"channel\":\"sms\",\"address\":\"" + number + "\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
  }

  private static int subscriberOf(String number) {
    return gateway
        .pool
        .preparedQuery("select id from subscriber where address_key = $1")
        .execute(Tuple.of(number))
        .await()
        .iterator()
        .next()
        .getInteger(0);
  }

  @Test
  void startBringsBackNobodyElse() {
    int subscriber = subscriber();
    failed(new DeliveryId(AUDIENCE, subscriber), 30005, "dead");

    inbound("s6" + subscriber, number(subscriber), "START", "");

    assertThat(standing(subscriber)).isEqualTo("quarantined");
  }

  private static String consents(int subscriber) {
    return gateway
        .pool
        .preparedQuery(
            "select string_agg(kind, ' ' order by id) from consent where subscriber = $1")
        .execute(Tuple.of(subscriber))
        .await()
        .iterator()
        .next()
        .getString(0);
  }

  private static String inbound(String sid, String from, String body, String optOutType) {
    Map<String, String> form =
        new TreeMap<>(
            Map.of(
                "MessageSid",
                sid,
                "From",
                from,
                "Body",
                body,
                "OptOutType",
                optOutType,
                "New",
                "1"));
    String path = "/hooks/twilio/inbound";
    return post(path, form, sign(TOKEN, path, form)).body();
  }

  private static void failed(DeliveryId id, int code, String sid) {
    Map<String, String> more =
        Map.of("ErrorCode", Integer.toString(code), "MessageSid", "SM" + id + sid);
    assertThat(post(id, "undelivered", more).statusCode()).isIn(204, 503);
  }

  private static void before(DeliveryId id, int code, int times, String ago) {
    gateway
        .pool
        .preparedQuery(
            """
            insert into sms_failure (sid, audience, subscriber, code, at)
            select 'SM' || $2 || $5 || n, $1, $2, $3, now() - $5::text::interval
              from generate_series(1, $4) n
            """)
        .execute(Tuple.of(id.audience(), id.subscriber(), code, times, ago))
        .await();
  }

  private static int subscriber() {
    return gateway
        .pool
        .query(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone, subscriptions,
              consent_source, consent_at)
            select 'sms', n, n, 'en', 'UTC', '[]', 'contract', now()
              from (select '+1500' || (5550000 + random() * 999999)::int n) it
            returning id
            """)
        .execute()
        .await()
        .iterator()
        .next()
        .getInteger("id");
  }

  private static String number(int subscriber) {
    return text("select address from subscriber where id = $1", subscriber);
  }

  private static String standing(int subscriber) {
    return text("select standing from subscriber where id = $1", subscriber);
  }

  private static String text(String query, int subscriber) {
    return gateway
        .pool
        .preparedQuery(query)
        .execute(Tuple.of(subscriber))
        .await()
        .iterator()
        .next()
        .getString(0);
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
    form.putIfAbsent("MessageSid", "SM" + "c".repeat(32));
    form.put("MessageStatus", state);
    form.putIfAbsent("To", "+15005550009");
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
    RoaringBitmap members = RoaringBitmap.bitmapOfRange(1, 3_000);
    ByteBuffer bytes = ByteBuffer.allocate(members.serializedSizeInBytes());
    members.serialize(bytes);
    gateway.pool.query("alter table subscriber alter id restart with 1000").execute().await();
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
                select id, 'sms', 4, 2999, $1, 5000 from u returning id
                """)
            .execute(Tuple.of(Buffer.buffer(bytes.array())))
            .await()
            .iterator()
            .next()
            .getInteger("id"));
  }
}
