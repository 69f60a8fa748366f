package tocsin.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static tocsin.selfservice.OptInFixture.VISITOR;
import static tocsin.selfservice.OptInFixture.email;
import static tocsin.selfservice.OptInFixture.sms;
import static tocsin.selfservice.OptInFixture.webhook;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.Address;
import tocsin.audience.PhoneNumber;
import tocsin.audience.Records;
import tocsin.audience.SuppressionReason;
import tocsin.audience.Wording;
import tocsin.incident.ProblemException;
import tocsin.selfservice.TooManyOptIns.Source;

class OptInsTest {
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
  void whoIsNotKnownIsAskedByALink() {
    assertThat(bench.ask(email("Reader@example.com")).await()).isEmpty();

    assertThat(bench.notices()).containsExactly("confirm Reader@example.com");
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  @Test
  void aNumberIsSentACode() {
    Optional<String> token = bench.ask(sms(NUMBER)).await();

    assertThat(bench.notices()).containsExactly("code " + NUMBER);
    assertThat(token)
        .contains(bench.proofs.token(bench.number("select subject as number from notice")));
  }

  @Test
  void anEndpointsContactIsAsked() {
    bench.ask(webhook("https://example.com/hook")).await();

    assertThat(bench.notices()).containsExactly("confirm owner@example.com");
  }

  @Test
  void knownUnknownSuppressedAndLimitedAddressesAreAnsweredAlike() {
    records.create(sms(NUMBER));
    suppress("+4915112345679", SuppressionReason.COMPLAINT);
    bench.ask(sms("+4915112345670")).await();

    List<Optional<String>> answers = new ArrayList<>();
    for (String number : List.of(NUMBER, "+4915112345679", "+4915112345670", "+4915112345671")) {
      answers.add(bench.ask(sms(number)).await());
    }

    assertThat(answers).allSatisfy(token -> assertThat(token).isPresent());
    assertThat(answers.stream().map(token -> bench.answers.find(token.orElseThrow()).await()))
        .allSatisfy(seen -> {
          assertThat(seen.state()).isEqualTo(OptIn.State.OPEN);
          assertThat(seen.proof()).isEqualTo(OptIn.Proof.CODE);
        });
    assertThat(answers.stream().map(token -> bench.confirm(token.orElseThrow(), "no code")))
        .allSatisfy(answer -> assertThat(answer).isInstanceOf(Confirmation.WrongCode.class));
    assertThat(bench.notices())
        .containsExactly("code +4915112345670", "known " + NUMBER, "code +4915112345671");
  }

  @Test
  void whoIsSubscribedIsShownTheWayToTheirPreferences() {
    int id = records.email("reader@example.com");

    bench.ask(email("READER@example.com")).await();

    assertThat(bench.notices()).containsExactly("known READER@example.com");
    assertThat(bench.number("select subject as number from notice")).isEqualTo(id);
  }

  @Test
  void aSharedMailboxIsAskedToConfirmWhatChangesForAllItsReaders() {
    records.create(email("ops@example.com").put("shared", true));

    bench.ask(email("ops@example.com")).await();

    assertThat(bench.notices()).containsExactly("confirm ops@example.com");
  }

  @Test
  void anEndpointThatHasItsEventsIsLeftInPeace() {
    records.create(webhook("https://example.com/hook"));

    bench.ask(webhook("https://example.com/hook")).await();

    assertThat(bench.notices()).isEmpty();
  }

  @Test
  void whatNobodyConfirmedChangesNothingOfASubscriber() {
    int id = records.create(email("reader@example.com").put("minImpact", "critical"));
    var before = bench.row("select * from subscriber").toJson();

    bench.ask(email("reader@example.com").put("locale", "de").put("minImpact", "none")).await();

    assertThat(bench.row("select * from subscriber").toJson()).isEqualTo(before);
    assertThat(bench.subscriber(id).locale()).isEqualTo("en");
  }

  @Test
  void anAddressIsSentOneMessageADay() {
    for (int i = 0; i < 4; i++) {
      bench.ask(email("reader@example.com")).await();
    }
    assertThat(bench.notices()).hasSize(1);

    bench.age(Duration.ofHours(25));
    bench.ask(email("reader@example.com")).await();
    assertThat(bench.notices()).hasSize(2);
  }

  @Test
  void oneMessageGoesToAContactWhateverTheEndpoints() {
    bench.ask(webhook("https://example.com/1")).await();
    bench.ask(webhook("https://example.com/2")).await();
    bench.ask(email("owner@example.com")).await();

    assertThat(bench.notices()).hasSize(1);
  }

  @Test
  void ofManyWhoAskAtOnceOneLeadsToAMessage() {
    List<Future<Optional<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(bench.ask(email("reader@example.com")));
    }
    Future.join(asked).await();

    assertThat(bench.notices()).hasSize(1);
  }

  @Test
  void whoConfirmedMayAskAgainTheSameDay() {
    bench.confirm(bench.token(email("reader@example.com")), null);

    bench.ask(email("reader@example.com")).await();

    assertThat(bench.notices())
        .containsExactly("confirm reader@example.com", "known reader@example.com");
  }

  @ParameterizedTest
  @EnumSource(SuppressionReason.class)
  void aNumberThatSaidSoOrIsBarredIsNotAskedTheOthersAreOnce(SuppressionReason reason) {
    suppress(NUMBER, reason);

    bench.ask(sms(NUMBER)).await();
    bench.ask(sms(NUMBER)).await();

    assertThat(bench.notices())
        .hasSize(
            Set.of(
                        SuppressionReason.COMPLAINT,
                        SuppressionReason.UNSUBSCRIBED,
                        SuppressionReason.MANUAL)
                    .contains(reason)
                ? 0
                : 1);
  }

  @Test
  void aMessageThatWasRefusedDoesNotCount() {
    bench.ask(email("reader@example.com")).await();
    bench.execute("update notice set outcome = 'failed' where subject > $1", 0);

    bench.ask(email("reader@example.com")).await();
    bench.ask(email("reader@example.com")).await();

    assertThat(bench.notices())
        .containsExactly("confirm reader@example.com", "confirm reader@example.com");
  }

  @Test
  void whoLeavesAndChangesTheirMindTheSameDayIsAsked() {
    int id = records.email("reader@example.com");
    bench.ask(email("reader@example.com")).await();
    records.leave(id);

    bench.ask(email("reader@example.com")).await();
    bench.ask(email("reader@example.com")).await();

    assertThat(bench.notices())
        .containsExactly("known reader@example.com", "confirm reader@example.com");
  }

  @Test
  void whoLeftByAComplaintIsNotAsked() {
    int id = records.email("reader@example.com");
    bench.execute("update subscriber set standing = 'unsubscribed' where id = $1", id);
    bench.execute(
        "insert into complaint (subscriber, audience, type, source, proof)"
            + " values ($1, 0, 'abuse', 'mail', 'report')",
        id);

    bench.ask(email("reader@example.com")).await();

    assertThat(bench.notices()).isEmpty();
  }

  @Test
  void whomTheCarrierBlocksIsNotAsked() {
    int id = records.create(sms(NUMBER));
    bench.execute("update subscriber set standing = 'opted_out' where id = $1", id);

    bench.ask(sms(NUMBER)).await();

    assertThat(bench.notices()).isEmpty();
  }

  @Test
  void theEleventhOfAVisitorIsRefusedWithTheTimeToWait() {
    for (int i = 0; i < 10; i++) {
      bench.ask(email("reader" + i + "@example.com")).await();
    }

    TooManyOptIns refused = refused(VISITOR);
    assertThat(refused.source()).isEqualTo(Source.VISITOR);
    assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
    assertThat(bench.number("select count(*)::int as number from opt_in")).isEqualTo(10);

    bench.age(Duration.ofHours(1));
    assertThat(bench.ask(email("reader@example.com")).await()).isEmpty();
  }

  @Test
  void aWholeNetworkIsOneVisitor() {
    for (int i = 0; i < 10; i++) {
      ask(new Visitor("2001:db8:0:1::" + Integer.toHexString(i + 1), null), i).await();
    }

    assertThat(refused(new Visitor("2001:db8:0:1:ffff::", null)).source())
        .isEqualTo(Source.VISITOR);
    assertThat(ask(new Visitor("2001:db8:0:2::1", null), 11).await()).isEmpty();
    assertThat(ask(Visitor.UNKNOWN, 12).await()).isEmpty();
  }

  @Test
  void ofManyAtOnceNoMoreArePassedThanTheHourHasRoomFor() {
    OptIns narrow = bench.optIns(new OptInRules(3, Duration.ofDays(1), Set.of()));
    List<Future<Optional<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      asked.add(
          narrow.request(
              records.json.parse(email("reader" + i + "@example.com")),
              Visitor.UNKNOWN,
              null,
              "api:test"));
    }
    Future.join(asked).otherwiseEmpty().await();

    assertThat(asked).filteredOn(Future::succeeded).hasSize(3);
    assertThat(asked)
        .filteredOn(Future::failed)
        .allSatisfy(
            it -> assertThat(((TooManyOptIns) it.cause()).source()).isEqualTo(Source.EVERYBODY));
  }

  @Test
  void numbersOfOtherCountriesAreNotTaken() {
    OptIns german = bench.optIns(new OptInRules(100, Duration.ofDays(1), Set.of("DE")));

    assertThatThrownBy(
            () -> german.request(records.json.parse(sms("+15005550006")), VISITOR, null, "form"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("country");
    assertThat(german.request(records.json.parse(sms(NUMBER)), VISITOR, null, "form").await())
        .isPresent();
  }

  @Test
  void whatCannotBeWishedForIsRefusedBeforeAnythingIsWritten() {
    JsonObject consenting =
        email("reader@example.com")
            .put("consent", new JsonObject().put("source", "x").put("at", "2026-01-01T00:00:00Z"));
    JsonObject ownerless = webhook("https://example.com/hook");
    ownerless.remove("contact");
    JsonObject unknown = email("reader@example.com").put("components", new JsonArray().add("no"));

    for (JsonObject wish : List.of(consenting, ownerless, unknown)) {
      assertThatThrownBy(() -> bench.ask(wish).await()).isInstanceOf(ProblemException.class);
    }
    assertThat(bench.number("select count(*)::int as number from opt_in")).isZero();
  }

  @Test
  void whatExpiredIsForgottenAWeekLater() {
    bench.ask(email("reader@example.com")).await();
    bench.age(Duration.ofDays(8));
    assertThat(new ExpiredOptIns(records.pool).forget().await()).isZero();

    bench.age(Duration.ofDays(2));
    assertThat(new ExpiredOptIns(records.pool).forget().await()).isEqualTo(1);
    assertThat(new ExpiredOptIns(records.pool).forget().await()).isZero();
  }

  @Test
  void hostileWishesAreWrittenOrRefusedAndNeverFail() {
    long seed = new Random().nextLong();
    System.out.println("hostile wishes: seed " + seed);
    Random random = new Random(seed);
    OptIns wide = bench.optIns(new OptInRules(10_000, Duration.ofDays(2), Set.of()));
    for (int i = 0; i < 500; i++) {
      JsonObject wish = HostileWishes.next(random);
      Future<Optional<String>> asked;
      try {
        asked =
            wide.request(
                records.json.parse(wish),
                new Visitor(null, HostileWishes.text(random)),
                new Wording("sign-up", 1),
                "api:" + HostileWishes.text(random));
      } catch (ProblemException refused) {
        continue;
      }
      assertThat(asked.otherwise(Optional.empty()).await()).isNotNull();
      if (asked.failed()) {
        assertThat(asked.cause()).as("%s", wish).isInstanceOf(ProblemException.class);
      }
    }
    assertThat(bench.number("select count(*)::int as number from opt_in")).isPositive();
    assertThat(bench.number("select count(*)::int as number from subscriber")).isZero();
  }

  private Future<Optional<String>> ask(Visitor visitor, int number) {
    return bench.optIns.request(
        records.json.parse(email("reader" + number + "@example.com")), visitor, null, "form");
  }

  private TooManyOptIns refused(Visitor visitor) {
    return catchThrowableOfType(TooManyOptIns.class, () -> ask(visitor, 99).await());
  }

  private void suppress(String number, SuppressionReason reason) {
    records
        .suppressions
        .add(records.pool, (Address) PhoneNumber.check(number), reason, "test")
        .await();
  }
}
