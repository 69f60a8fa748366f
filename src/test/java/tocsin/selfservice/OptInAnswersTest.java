package tocsin.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tocsin.selfservice.OptInFixture.VISITOR;
import static tocsin.selfservice.OptInFixture.email;
import static tocsin.selfservice.OptInFixture.sms;
import static tocsin.selfservice.OptInFixture.webhook;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Address;
import tocsin.audience.ConsentKind;
import tocsin.audience.ConsentRecord;
import tocsin.audience.Customer;
import tocsin.audience.CustomerPriority;
import tocsin.audience.EmailAddress;
import tocsin.audience.Evidence;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.Mailbox;
import tocsin.audience.Records;
import tocsin.audience.Standing;
import tocsin.audience.Subscriber;
import tocsin.audience.SuppressionReason;
import tocsin.audience.Wording;
import tocsin.incident.ProblemException;
import tocsin.selfservice.Confirmation.AlreadyConfirmed;
import tocsin.selfservice.Confirmation.CodePosted;
import tocsin.selfservice.Confirmation.Confirmed;
import tocsin.selfservice.Confirmation.EndpointDidNotAnswer;
import tocsin.selfservice.Confirmation.Expired;
import tocsin.selfservice.Confirmation.NotYet;
import tocsin.selfservice.Confirmation.WrongCode;

class OptInAnswersTest {
  private static final String NUMBER = "+4915112345678";
  private OptInFixture bench;
  private Records records;

  @BeforeEach
  void open() {
    bench = new OptInFixture();
    records = bench.records;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aConfirmedWishIsASubscriberWithItsProof() {
    String token =
        bench.token(
            email("reader@example.com").put("locale", "de").put("components", List.of("web")));

    Confirmed confirmed = (Confirmed) bench.confirm(token, null);

    Subscriber subscriber = bench.subscriber(confirmed.subscriber());
    assertThat(subscriber.standing()).isEqualTo(Standing.ACTIVE);
    assertThat(subscriber.locale()).isEqualTo("de");
    assertThat(subscriber.subscriptions().getFirst().components()).containsExactly("web");
    assertThat(subscriber.consent().source()).isEqualTo("form");
    assertThat(bench.proofs.tokens().read(Purpose.PREFERENCES, confirmed.preferences()))
        .contains(new Link(subscriber.id(), 0));
    assertThat(records.consents.of(subscriber.id(), 0, 10).await())
        .singleElement()
        .satisfies(it -> {
          ConsentRecord consent = it.consent();
          assertThat(consent.kind()).isEqualTo(ConsentKind.GIVEN);
          assertThat(consent.wording()).isEqualTo(new Wording("sign-up", 1));
          assertThat(consent.evidence())
              .isEqualTo(Evidence.request("form", "203.0.113.7", "Browser/1.0"));
          assertThat(consent.optIn()).isNotNull();
          assertThat(consent.at()).isEqualTo(subscriber.consent().at());
        });
  }

  @Test
  void aTokenIsGoodOnce() {
    String token = bench.token(email("reader@example.com"));
    Confirmed confirmed = (Confirmed) bench.confirm(token, null);
    records.leave(confirmed.subscriber());

    assertThat(bench.confirm(token, null)).isEqualTo(new AlreadyConfirmed());

    assertThat(bench.subscriber(confirmed.subscriber()).standing())
        .isEqualTo(Standing.UNSUBSCRIBED);
    assertThat(seen(token).state()).isEqualTo(OptIn.State.CONFIRMED);
  }

  @Test
  void ofTwoWhoConfirmAtOnceOneDoes() {
    String token = bench.token(email("reader@example.com"));
    List<Future<Confirmation>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      attempts.add(bench.answers.confirm(token, VISITOR, null));
    }
    Future.join(attempts).await();

    assertThat(attempts).filteredOn(it -> it.result() instanceof Confirmed).hasSize(1);
    assertThat(attempts).filteredOn(it -> it.result() instanceof AlreadyConfirmed).hasSize(7);
    assertThat(bench.number("select count(*)::int as number from subscriber")).isEqualTo(1);
    assertThat(bench.number("select count(*)::int as number from consent")).isEqualTo(1);
  }

  @Test
  void whatExpiredIsNotConfirmed() {
    String token = bench.token(email("reader@example.com"));
    bench.age(Duration.ofDays(2));

    assertThat(bench.confirm(token, null)).isEqualTo(new Expired());
    assertThat(seen(token).state()).isEqualTo(OptIn.State.EXPIRED);
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  @Test
  void forgedTokensAndThoseOfOtherPurposesNameNothing() {
    String token = bench.token(email("reader@example.com"));
    String other = bench.proofs.tokens().token(Purpose.UNSUBSCRIBE, 1);
    String unknown = bench.proofs.token(999);
    String forged = token.substring(0, 31) + (token.endsWith("a") ? 'b' : 'a');

    for (String wrong : List.of(other, unknown, forged, "", "a".repeat(32))) {
      assertThatThrownBy(() -> bench.confirm(wrong, null)).isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> seen(wrong)).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void lookingConfirmsNothing() {
    String token = bench.token(email("reader@example.com"));

    for (int i = 0; i < 3; i++) {
      assertThat(seen(token).state()).isEqualTo(OptIn.State.OPEN);
    }
    assertThat(seen(token).address()).isEqualTo("r***@example.com");
  }

  @Test
  void whoLeftIsBackWithTheirNewWishesAndAsTheSameCustomer() {
    records
        .customers
        .put(new Customer("acme", "Acme", null, null, CustomerPriority.NORMAL))
        .await();
    int id = records.create(email("reader@example.com").put("customer", "acme"));
    records.leave(id);

    Confirmed confirmed =
        (Confirmed)
            bench.confirm(bench.token(email("reader@example.com").put("locale", "de")), null);

    Subscriber back = bench.subscriber(id);
    assertThat(confirmed.subscriber()).isEqualTo(id);
    assertThat(back.standing()).isEqualTo(Standing.ACTIVE);
    assertThat(back.locale()).isEqualTo("de");
    assertThat(back.customer()).isEqualTo("acme");
  }

  @Test
  void aSharedMailboxStaysOne() {
    int id = records.create(email("team@example.com").put("shared", true));
    bench.execute("update subscriber set standing = 'quarantined' where id = $1", id);

    bench.confirm(bench.token(email("team@example.com")), null);

    assertThat(bench.subscriber(id).mailbox()).isEqualTo(Mailbox.SHARED);
    assertThat(bench.subscriber(id).standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void theirOwnWishLiftsASuppressionButTheOperatorsOwn() {
    String lifted = bench.token(email("reader@example.com"));
    String barred = bench.token(email("other@example.com"));
    suppress("reader@example.com", SuppressionReason.ERASED);
    suppress("other@example.com", SuppressionReason.MANUAL);

    assertThat(bench.confirm(lifted, null)).isInstanceOf(Confirmed.class);
    assertThat(bench.confirm(barred, null)).isEqualTo(new Expired());
    assertThat(bench.number("select count(*)::int as number from suppression")).isEqualTo(1);
  }

  @Test
  void whatAsksForSomethingThatIsGoneIsNotConfirmedAndMayBeAskedForAnew() {
    String token = bench.token(email("reader@example.com").put("components", List.of("web")));
    records.pool.query("delete from component where id = 'web'").execute().await();

    assertThat(bench.confirm(token, null)).isEqualTo(new Expired());
    assertThat(bench.confirm(bench.token(email("reader@example.com")), null))
        .isInstanceOf(Confirmed.class);
    assertThat(bench.notices()).hasSize(2);
  }

  @Test
  void theCodeOfATextConfirmsIt() {
    String token = bench.token(sms(NUMBER));
    assertThat(bench.confirm(token, null)).isEqualTo(new WrongCode(5));
    assertThat(bench.confirm(token, wrong(code()))).isEqualTo(new WrongCode(4));

    assertThat(bench.confirm(token, code())).isInstanceOf(Confirmed.class);
    assertThat(seen(token).address()).isEqualTo("+49…678");
    assertThat(bench.notices()).containsExactly("code " + NUMBER, "welcome " + NUMBER);
  }

  @Test
  void afterFiveWrongCodesNotEvenTheRightOneIsTaken() {
    String token = bench.token(sms(NUMBER));
    for (int left = 4; left >= 0; left--) {
      assertThat(bench.confirm(token, wrong(code()))).isEqualTo(new WrongCode(left));
    }

    assertThat(bench.confirm(token, code())).isEqualTo(new WrongCode(0));
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  @Test
  void ofManyTriesAtOnceFiveCount() {
    String token = bench.token(sms(NUMBER));
    String wrong = wrong(code());
    List<Future<Confirmation>> tries = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tries.add(bench.answers.confirm(token, VISITOR, wrong));
    }
    Future.join(tries).await();

    assertThat(bench.number("select tries as number from opt_in")).isEqualTo(5);
    assertThat(bench.confirm(token, code())).isEqualTo(new WrongCode(0));
  }

  @Test
  void whoAsksAgainUsesTheCodeThatTheyHaveForTheirNewWish() {
    String first = bench.token(sms(NUMBER));
    String code = code();
    String second = bench.token(sms(NUMBER).put("locale", "de"));

    Confirmed confirmed = (Confirmed) bench.confirm(second, code);

    assertThat(bench.subscriber(confirmed.subscriber()).locale()).isEqualTo("de");
    assertThat(bench.confirm(first, code)).isEqualTo(new AlreadyConfirmed());
  }

  @Test
  void askingAgainGivesNoMoreTries() {
    String first = bench.token(sms(NUMBER));
    for (int i = 0; i < 5; i++) {
      bench.confirm(first, wrong(code()));
    }

    assertThat(bench.confirm(bench.token(sms(NUMBER)), code())).isEqualTo(new WrongCode(0));
  }

  @Test
  void aTextThatAgreesConfirmsOnce() {
    bench.token(sms(NUMBER));

    assertThat(bench.answers.agree(NUMBER, "SM1").await()).isTrue();
    assertThat(bench.answers.agree(NUMBER, "SM1").await()).isFalse();

    int id = bench.number("select subscriber as number from sms_reply where sid = 'SM1'");
    assertThat(bench.subscriber(id).standing()).isEqualTo(Standing.ACTIVE);
    assertThat(bench.subscriber(id).consent().source()).isEqualTo("sms");
  }

  @Test
  void aTextThatAgreesToNothingChangesNothing() {
    bench.token(email("reader@example.com"));

    assertThat(bench.answers.agree(NUMBER, "SM1").await()).isFalse();
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  @Test
  void whoSaidStopMeanwhileComesBackByATextOnly() {
    String token = bench.token(sms(NUMBER));
    int id = records.create(sms(NUMBER));
    bench.execute("update subscriber set standing = 'opted_out' where id = $1", id);

    assertThat(bench.confirm(token, code())).isEqualTo(new Expired());
    assertThat(bench.answers.agree(NUMBER, "SM1").await()).isTrue();
    assertThat(bench.subscriber(id).standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void anEndpointThatEchoesIsASubscriberWhoseSecretIsShownOnce() {
    String token = bench.token(webhook("https://example.com/hook").put("signature", "both"));

    Confirmed confirmed = (Confirmed) bench.confirm(token, null);

    assertThat(bench.asked)
        .singleElement()
        .satisfies(endpoint -> {
          assertThat(endpoint.url()).isEqualTo("https://example.com/hook");
          assertThat(endpoint.keys()).hasSize(2).contains(String.valueOf(confirmed.secret()));
        });
    assertThat(confirmed.publicKey()).startsWith("whpk_");
    assertThat(bench.row("select secret from subscriber").getString("secret"))
        .isEqualTo(confirmed.secret());
    assertThat(bench.confirm(token, null)).isEqualTo(new AlreadyConfirmed());
  }

  @Test
  void anEndpointThatDoesNotAgreeIsAskedAgainAfterAMinuteFiveTimesInAll() {
    String token = bench.token(webhook("https://example.com/hook"));
    bench.complaint = Optional.of("HTTP 500");

    for (int i = 0; i < 5; i++) {
      assertThat(bench.confirm(token, null)).isEqualTo(new EndpointDidNotAnswer("HTTP 500"));
      if (i < 4) {
        assertThat(bench.confirm(token, null))
            .isInstanceOfSatisfying(
                NotYet.class,
                it ->
                    assertThat(it.retryAfter())
                        .isPositive()
                        .isLessThanOrEqualTo(Duration.ofMinutes(1)));
      }
      bench.age(Duration.ofMinutes(1));
    }
    assertThat(bench.confirm(token, null)).isEqualTo(new Expired());
    assertThat(bench.asked).hasSize(5);
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  @Test
  void whatSignsToAnActiveEndpointIsNotReplacedByAStranger() {
    String token = bench.token(webhook("https://example.com/hook"));
    int id = records.create(webhook("https://example.com/hook"));
    String secret = bench.row("select secret from subscriber").getString("secret");

    Confirmed confirmed = (Confirmed) bench.confirm(token, null);

    assertThat(confirmed.subscriber()).isEqualTo(id);
    assertThat(confirmed.secret()).isNull();
    assertThat(bench.row("select secret from subscriber").getString("secret")).isEqualTo(secret);
  }

  @Test
  void aChannelOfPeopleIsPostedACodeThatItsOwnerTypes() {
    String token =
        bench.token(webhook("https://hooks.slack.com/services/T/B/x").put("dialect", "slack"));
    assertThat(seen(token).proof()).isEqualTo(OptIn.Proof.CHALLENGE);

    assertThat(bench.confirm(token, null)).isEqualTo(new CodePosted());
    assertThat(seen(token).proof()).isEqualTo(OptIn.Proof.CODE);
    assertThat(bench.confirm(token, wrong(bench.posted.getFirst()))).isEqualTo(new WrongCode(4));

    Confirmed confirmed = (Confirmed) bench.confirm(token, bench.posted.getFirst());
    assertThat(confirmed.secret()).isNull();
    assertThat(seen(token).address()).isEqualTo("https://hooks.slack.com/…");
  }

  @Test
  void aCodeThatWasNeverPostedIsNotTaken() {
    String token =
        bench.token(webhook("https://hooks.slack.com/services/T/B/x").put("dialect", "slack"));
    String code = bench.codes.code(bench.number("select max(id) as number from opt_in"));
    bench.complaint = Optional.of("HTTP 404");

    assertThat(bench.confirm(token, code)).isEqualTo(new EndpointDidNotAnswer("HTTP 404"));
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  private OptIn seen(String token) {
    return bench.answers.find(token).await();
  }

  private String code() {
    return bench.codes.code(
        bench.number("select subject as number from notice where kind = 'code'"));
  }

  private static String wrong(String code) {
    return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
  }

  private void suppress(String address, SuppressionReason reason) {
    records
        .suppressions
        .add(records.pool, (Address) EmailAddress.check(address), reason, "test")
        .await();
  }
}
