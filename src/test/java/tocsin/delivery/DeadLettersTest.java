package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tocsin.delivery.LedgerFixture.get;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.channel.Reason;
import tocsin.incident.ProblemException;
import tocsin.incident.Update;

class DeadLettersTest {
  private LedgerFixture engine;

  @BeforeEach
  void start() {
    engine = new LedgerFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void theyAreListedNewestUpdateFirstPageByPage() {
    engine.planned("old", 700);
    engine.chunks().forEach(claim -> engine.fail(claim, Reason.POLICY, "spam"));
    engine.planned("new", 700);
    engine.chunks().forEach(claim -> engine.fail(claim, Reason.EXPIRED, "own " + claim.chunk()));

    List<DeadLetter> all = new ArrayList<>();
    @Nullable DeliveryId after = null;
    List<DeadLetter> page;
    do {
      page = get(engine.letters.list(Selection.ALL, after, 300));
      all.addAll(page);
      after = page.isEmpty() ? null : page.getLast().id();
    } while (!page.isEmpty());

    assertThat(all).hasSize(1_400).extracting(DeadLetter::id).doesNotHaveDuplicates();
    assertThat(all.subList(0, 700)).extracting(DeadLetter::incident).containsOnly("new");
    assertThat(all.getFirst())
        .returns(700, letter -> letter.id().subscriber())
        .returns("expired", DeadLetter::reason)
        .returns("expired: own 1", DeadLetter::detail);
    assertThat(all.getLast())
        .returns(1, letter -> letter.id().subscriber())
        .returns("old", DeadLetter::incident)
        .returns("policy: spam", DeadLetter::detail)
        .returns(1, DeadLetter::attempts);
  }

  @Test
  void theyAreSelectedByIncidentChannelAndReason() {
    engine.planned("one", 3);
    engine.fail(engine.chunks().getFirst(), Reason.POLICY, "");
    engine.planned("two", 2);
    engine.fail(engine.chunks().getFirst(), Reason.EXPIRED, "");

    assertThat(list("one", null, null)).hasSize(3);
    assertThat(list(null, Channel.EMAIL, null)).hasSize(5);
    assertThat(list(null, Channel.SMS, null)).isEmpty();
    assertThat(list(null, null, Reason.EXPIRED)).hasSize(2);
    assertThat(list("one", Channel.EMAIL, Reason.EXPIRED)).isEmpty();
  }

  @Test
  void aRequeuedOneIsPendingAgainAndDueAtOnceAsIfItWereNew() {
    Update update = engine.planned("one", 3);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    engine.fail(chunk, Reason.EXPIRED, "late");
    assertThat(get(engine.completions.note())).hasSize(1);

    assertThat(get(engine.letters.requeue(engine.id(chunk, 2))).id()).isEqualTo(update.id());

    assertThat(engine.account(update)).returns(2, Account::failed).returns(1, Account::pending);
    assertThat(engine.recipient(update, 2))
        .returns(DeliveryState.DEFERRED, Delivery::state)
        .returns(0, Delivery::attempts)
        .returns("requeued", Delivery::detail);
    assertThat(list(null, null, null))
        .extracting(letter -> letter.id().subscriber())
        .containsExactly(3, 1);
    Claim.OfRetry retry = engine.retries().getFirst();
    assertThat(retry.subscriber()).isEqualTo(2);
    assertThat(retry.attempts()).isZero();
    assertThat(retry.requeuedAt()).isNotNull();

    engine.settle(List.of(Settlement.sent(retry, 2, 1, "queued", Instant.now())));

    assertThat(engine.account(update)).returns(1, Account::sent).returns(0, Account::pending);
    assertThat(engine.recipient(update, 2).state()).isEqualTo(DeliveryState.SENT);
    assertThat(get(engine.completions.note())).hasSize(1);
  }

  @Test
  void oneThatFailsAgainIsADeadLetterOnceAndCanBeRequeuedAgain() {
    Update update = engine.planned("one", 1);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    engine.fail(chunk, Reason.EXPIRED, "first");
    get(engine.letters.requeue(engine.id(chunk, 1)));
    engine.settle(
        List.of(
            Settlement.failed(
                engine.retries().getFirst(), 1, 4, Reason.POLICY, "second", Instant.now())));

    assertThat(list(null, null, null))
        .singleElement()
        .returns("policy: second", DeadLetter::detail)
        .returns(4, DeadLetter::attempts);
    get(engine.letters.requeue(engine.id(chunk, 1)));
    assertThat(engine.account(update)).returns(0, Account::failed).returns(1, Account::pending);
  }

  @Test
  void onlyWhatHasFailedIsRequeued() {
    engine.planned("one", 2);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    engine.settle(List.of(Settlement.sent(chunk, 1, 1, "queued", Instant.now())));

    refused(engine.id(chunk, 1), "the delivery " + engine.id(chunk, 1) + " has not failed");
    refused(engine.id(chunk, 2), "the delivery " + engine.id(chunk, 2) + " has not failed");
    refused(engine.id(chunk, 3), "there is no delivery " + engine.id(chunk, 3));
    refused(new DeliveryId(1, 1), "there is no delivery d1_1");
    assertThat(engine.number("select count(*)::int from retry")).isZero();
  }

  private void refused(DeliveryId id, String detail) {
    assertThatThrownBy(() -> get(engine.letters.requeue(id)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(detail);
  }

  @Test
  void requeuedByManyAtOnceEachGoesOnce() {
    Update update = engine.planned("one", 1_300);
    engine.chunks().forEach(claim -> engine.fail(claim, Reason.EXPIRED, ""));
    List<Future<DeadLetters.Report>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(engine.letters.requeue(new Selection("one", null, null)));
    }

    int requeued = calls.stream().mapToInt(call -> get(call).requeued()).sum();

    assertThat(requeued).isEqualTo(1_300);
    assertThat(engine.number("select count(*)::int from retry")).isEqualTo(1_300);
    assertThat(engine.account(update)).returns(0, Account::failed).returns(1_300, Account::pending);
  }

  @Test
  void oneCallIsBoundedAndSaysThatThereAreMore() {
    engine.planned("big", DeadLetters.MOST_AT_ONCE + 5);
    engine.chunks().forEach(claim -> engine.fail(claim, Reason.EXPIRED, ""));
    Selection selection = new Selection(null, null, Reason.EXPIRED);

    assertThat(get(engine.letters.requeue(selection)))
        .isEqualTo(new DeadLetters.Report(DeadLetters.MOST_AT_ONCE, true));
    assertThat(get(engine.letters.requeue(selection))).isEqualTo(new DeadLetters.Report(5, false));
    assertThat(get(engine.letters.requeue(selection))).isEqualTo(new DeadLetters.Report(0, false));
  }

  @Test
  void theAccountAddsUpWhileSomeSettleAndOthersRequeue() {
    Update update = engine.planned("one", 900);
    engine.chunks().forEach(claim -> engine.fail(claim, Reason.EXPIRED, ""));
    Selection all = new Selection(null, Channel.EMAIL, null);

    for (int round = 0; round < 5; round++) {
      Future<DeadLetters.Report> requeued = engine.letters.requeue(all);
      List<Settlement> batch = new ArrayList<>();
      for (Claim.OfRetry claim : engine.retries()) {
        batch.add(
            Settlement.failed(claim, claim.subscriber(), 1, Reason.EXPIRED, "", Instant.now()));
      }
      engine.settle(batch);
      get(requeued);
      assertThat(engine.account(update).failed() + engine.number("select count(*)::int from retry"))
          .isEqualTo(900);
      assertThat(get(engine.letters.list(all, null, 1_000)))
          .hasSize(engine.account(update).failed());
    }
  }

  @Test
  void whoWasRequeuedIsAboutToBeToldAndWhoFailedWasNot() {
    engine.planned("one", 3);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    engine.fail(chunk, Reason.EXPIRED, "");
    get(engine.letters.requeue(engine.id(chunk, 2)));

    assertThat(get(new Told(engine.pool, engine.audiences).of("one", Channel.EMAIL)).toArray())
        .containsExactly(2);
  }

  private List<DeadLetter> list(
      @Nullable String incident, @Nullable Channel channel, @Nullable Reason reason) {
    return get(engine.letters.list(new Selection(incident, channel, reason), null, 1_000));
  }
}
