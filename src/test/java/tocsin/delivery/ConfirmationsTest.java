package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tocsin.delivery.LedgerFixture.get;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.DeliveryId;
import tocsin.channel.Reason;
import tocsin.incident.ProblemException;
import tocsin.incident.Update;

class ConfirmationsTest {
  private static final String SID = "SM1";

  private LedgerFixture engine;
  private Confirmations confirmations;
  private Update update;
  private Claim.OfChunk chunk;

  @BeforeEach
  void start() {
    engine = new LedgerFixture();
    confirmations = new Confirmations(engine.pool);
    update = engine.planned("one", 3);
    chunk = engine.chunks().getFirst();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void whatWasTakenAfterAllIsSentAndNoDeadLetter() {
    engine.fail(chunk, Reason.UNKNOWN, "may have been sent");

    assertThat(get(confirmations.taken(id(2), SID))).isTrue();

    assertThat(engine.account(update))
        .returns(1, Account::sent)
        .returns(2, Account::failed)
        .returns(0, Account::pending);
    assertThat(engine.account(update).firstSentAt()).isNotNull();
    assertThat(engine.recipient(update, 2))
        .returns(DeliveryState.SENT, Delivery::state)
        .returns(1, Delivery::attempts)
        .returns(SID, Delivery::detail);
    assertThat(get(engine.letters.list(Selection.ALL, null, 10)))
        .extracting(letter -> letter.id().subscriber())
        .containsExactly(3, 1);
    assertNotRequeued(id(2));
    assertThat(get(engine.letters.requeue(Selection.ALL)).requeued()).isEqualTo(2);
  }

  @Test
  void whoProvedToBeToldCountsAsTold() {
    engine.fail(chunk, Reason.UNKNOWN, "");

    get(confirmations.taken(id(2), SID));

    assertThat(
            get(new Told(engine.pool, engine.audiences).of("one", LedgerFixture.EMAIL)).toArray())
        .containsExactly(2);
  }

  @Test
  void manyReportsSettleItOnce() {
    engine.fail(chunk, Reason.UNKNOWN, "");
    List<Future<Boolean>> reports =
        Stream.generate(() -> confirmations.taken(id(2), SID)).limit(6).toList();

    assertThat(reports.stream().filter(report -> get(report))).hasSize(1);
    assertThat(engine.account(update)).returns(1, Account::sent).returns(2, Account::failed);
  }

  @Test
  void whatFailedForCertainOrIsPendingStaysAsItIs() {
    engine.settle(
        List.of(
            Settlement.failed(chunk, 1, 1, Reason.POLICY, "spam", Instant.now()),
            Settlement.failed(chunk, 2, 1, Reason.UNKNOWN, "", Instant.now())));
    get(engine.letters.requeue(id(2)));

    for (int subscriber = 1; subscriber <= 3; subscriber++) {
      assertThat(get(confirmations.taken(id(subscriber), SID))).isFalse();
    }
    assertThat(get(confirmations.taken(new DeliveryId(chunk.audience() + 1, 1), SID))).isFalse();
    assertThat(engine.account(update))
        .returns(0, Account::sent)
        .returns(1, Account::failed)
        .returns(2, Account::pending);
  }

  @Test
  void whatTheProviderTookBeforeItFailedIsNotRequeued() {
    Receipts receipts = new Receipts(engine.pool);
    get(receipts.record(id(1), "delivered", 5, ""));
    get(receipts.record(id(2), "undelivered", 5, "30003"));
    engine.fail(chunk, Reason.UNKNOWN, "");

    assertNotRequeued(id(1));
    assertThat(get(engine.letters.requeue(Selection.ALL)).requeued()).isEqualTo(2);
    assertThat(engine.account(update)).returns(1, Account::failed).returns(2, Account::pending);
  }

  @Test
  void whatWasSentAfterAllCanBeSentAgainUnderItsId() {
    engine.fail(chunk, Reason.UNKNOWN, "");
    get(confirmations.taken(id(2), SID));

    assertThat(
            get(
                engine.requeues.requeue(
                    List.of(new Requeues.Order(id(2), SID)),
                    new Requeues.Terms(Requeues.Kind.RETRY, "Twilio 30003", Instant.now()))))
        .containsExactly(id(2));
    assertThat(engine.account(update)).returns(0, Account::sent).returns(1, Account::pending);
  }

  private void assertNotRequeued(DeliveryId id) {
    assertThatThrownBy(() -> get(engine.letters.requeue(id)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("was taken after all");
  }

  private DeliveryId id(int subscriber) {
    return engine.id(chunk, subscriber);
  }
}
