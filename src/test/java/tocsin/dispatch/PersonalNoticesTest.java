package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.ReturnPath;
import tocsin.channel.Channels;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.channel.Unconfigured;
import tocsin.config.Settings;
import tocsin.limit.Limiter;
import tocsin.limit.Rate;
import tocsin.limit.Slots;
import tocsin.render.NoticeWriter;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.selfservice.Notices;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.WaysBack;
import tocsin.store.TestDatabase;

/** Who asked for something is told so once, and as long as it is of use. */
class PersonalNoticesTest {
  private static final Outcome SENT = new Outcome.Sent("");
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = TestDatabase.fresh(vertx);
  private final LinkTokens tokens = new LinkTokens("key".getBytes(StandardCharsets.UTF_8));
  private final OptInCodes codes = new OptInCodes("key".getBytes(StandardCharsets.UTF_8));
  private final Limiter limiter = new Limiter(Ticker.systemTicker(), new Slots(pool));
  private final List<Message> received = new ArrayList<>();
  private Function<Message, Outcome> provider = message -> SENT;
  private PersonalNotices notices;

  private record Provider<M extends Message>(Function<M, Outcome> answer) implements Sender<M> {
    @Override
    public Future<Outcome> send(M message) {
      return Future.succeededFuture(answer.apply(message));
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  @BeforeEach
  void start() throws TemplateException {
    notices =
        new PersonalNotices(
            new Notices(pool),
            new NoticeWriter(
                Templates.load(null),
                Settings.Mail.from(new Settings.MailFrom("status@example.com", "Acme Status")),
                URI.create("https://status.example.com"),
                ""),
            new WaysBack(tokens, ReturnPath.fixed("status@example.com")),
            codes,
            SenderPool.of("+15005550006"),
            new Channels(
                new Provider<>(this::receive),
                new Provider<>(this::receive),
                new Unconfigured<>("nothing")),
            limiter,
            InstantSource.system(),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Outcome receive(Message message) {
    received.add(message);
    return provider.apply(message);
  }

  @Test
  void theLinkThatConfirmsIsMailedOnce() {
    int optIn = optIn("email", "now() + interval '2 days'");
    notice("confirm", "email", "ann@example.org", optIn);

    deal();
    deal();

    assertThat(received).hasSize(1);
    assertThat(mail()).contains("/confirm/" + tokens.token(Purpose.CONFIRM, optIn));
    assertThat(outcome()).isEqualTo("sent");
  }

  @Test
  void theMailSaysHowLongItsLinkIsGood() {
    notice("confirm", "email", "ann@example.org", optIn("email", "'2199-03-05T06:07:00Z'"));

    deal();

    assertThat(mail()).contains("5 March 2199, 06:07");
  }

  @Test
  void theCodeIsTextedWithTheWordsThatCarriersAskFor() {
    int optIn = optIn("sms", "now() + interval '2 days'");
    notice("code", "sms", "+15005550009", optIn);

    deal();

    Message.Sms text = (Message.Sms) received.getFirst();
    assertThat(text.text())
        .contains(codes.code(optIn), "Acme Status", "Msg & data rates", "HELP", "STOP");
    assertThat(text.segments()).isLessThanOrEqualTo(2);
    assertThat(text.validity()).isLessThanOrEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void whoIsSubscribedGetsTheLinkOfTheirPresentVersion() {
    int subscriber =
        number(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone,
              subscriptions, consent_source, consent_at, link_version)
            values ('email', 'a@example.org', 'a@example.org', 'de', 'UTC', '[{}]', 'form', now(),
              3)
            returning id
            """);
    notice("known", "email", "a@example.org", subscriber);

    deal();

    assertThat(mail()).contains(tokens.token(Purpose.PREFERENCES, new Link(subscriber, 3)));
  }

  @Test
  void whoConfirmedByTextIsToldTheTermsAndTheWayOut() {
    int subscriber =
        number(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone,
              subscriptions, consent_source, consent_at)
            values ('sms', '+15005550006', '+15005550006', 'en', 'UTC', '[{}]', 'form', now())
            returning id
            """);
    notice("welcome", "sms", "+15005550006", subscriber);

    deal();

    Message.Sms text = (Message.Sms) received.getFirst();
    assertThat(text.text())
        .contains("Acme Status", "Msg & data rates", "HELP", "STOP")
        .contains("/preferences/" + tokens.token(Purpose.PREFERENCES, new Link(subscriber, 0)));
  }

  @Test
  void whatIsOfNoUseAnyMoreIsDropped() {
    int confirmed = optIn("email", "now() + interval '2 days'");
    sql("update opt_in set confirmed_at = now()");
    notice("confirm", "email", "ann@example.org", confirmed);
    notice("leave", "email", "gone@example.org", 4711);

    deal();

    assertThat(received).isEmpty();
    assertThat(number("select count(*)::int from notice where outcome = 'dropped'")).isEqualTo(2);
  }

  @Test
  void whatIsRefusedForNowIsTriedAgainUnderTheSameMessageId() {
    notice("confirm", "email", "ann@example.org", optIn("email", "now() + interval '2 days'"));
    provider = message -> new Outcome.Deferred(Reason.UNAVAILABLE, "451", null);
    deal();
    deal();
    assertThat(received).hasSize(1);

    provider = message -> SENT;
    sql("update notice set due_at = now()");
    deal();

    assertThat(received).hasSize(2);
    assertThat(messageId(received.getFirst())).isEqualTo(messageId(received.getLast()));
    assertThat(outcome()).isEqualTo("sent");
  }

  @Test
  void aLimitThatIsSlowHoldsUpATextAndDoesNotLoseIt() {
    limiter.rates(Map.of("sms:sender:*", new Rate(1, Duration.ofSeconds(1))));
    notice("code", "sms", "+15005550009", optIn("sms", "now() + interval '2 days'"));

    deal();

    assertThat(received).hasSize(1);
  }

  @Test
  void aNoticeKeepsToTheLimitsOfItsChannel() {
    limiter.rates(Map.of("email", new Rate(1, Duration.ofHours(1))));
    for (int i = 0; i < 3; i++) {
      notice("confirm", "email", "ann@example.org", optIn("email", "now() + interval '2 days'"));
    }
    Awaitility.await()
        .until(() -> {
          sql("update notice set due_at = now() where outcome is null");
          deal();
          return !received.isEmpty();
        });

    sql("update notice set due_at = now() where outcome is null");
    deal();

    assertThat(received).hasSize(1);
  }

  private void deal() {
    notices.claim().forEach(Runnable::run);
  }

  private String mail() {
    return content(received.getFirst()).replace("=\r\n", "");
  }

  private static String content(Message message) {
    return new String(((Message.Email) message).content().toByteArray(), StandardCharsets.US_ASCII);
  }

  private static String messageId(Message message) {
    return content(message)
        .lines()
        .filter(line -> line.startsWith("Message-ID"))
        .findFirst()
        .orElseThrow();
  }

  private int optIn(String channel, String expires) {
    return number(
        """
        insert into opt_in (channel, address, address_key, locale, time_zone, wish, source,
          expires_at, told_channel, told_key, code_of)
        values ('%1$s', 'x', 'x', 'en', 'UTC', '{}', 'form', %2$s, '%1$s', 'x', 0) returning id
        """
            .formatted(channel, expires));
  }

  private void notice(String kind, String channel, String address, int subject) {
    sql(
        """
        insert into notice (kind, channel, address, subject, locale, time_zone)
        values ('%s', '%s', '%s', %d, 'en', 'UTC')
        """
            .formatted(kind, channel, address, subject));
  }

  private String outcome() {
    return pool.query("select outcome from notice")
        .execute()
        .await()
        .iterator()
        .next()
        .getString(0);
  }

  private int number(String sql) {
    return pool.query(sql).execute().await().iterator().next().getInteger(0);
  }

  private void sql(String sql) {
    pool.query(sql).execute().await();
  }
}
