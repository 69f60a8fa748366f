package tocsin.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.channel.Counterpart.Manner;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Outcome.Sent;

/**
 * What the engine relies on in every channel.
 *
 * @param <M> the channel's message
 */
public abstract class ChannelContract<M extends Message> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Counterpart<M> provider;
  private Sender<M> sender;

  /** A new one, listening. */
  protected abstract Counterpart<M> counterpart() throws Exception;

  @BeforeEach
  void open() throws Exception {
    provider = counterpart();
    sender = provider.sender();
  }

  @AfterEach
  void close() {
    sender.close();
    provider.close();
  }

  @Test
  void saysSentWhenTheProviderHasTakenIt() {
    assertThat(sender.send(provider.message(1)).await()).isInstanceOf(Sent.class);
    assertThat(provider.ids()).containsExactly(provider.message(1).id().toString());
  }

  @Test
  void triesLaterWhatIsRefusedForNow() {
    provider.behaves(Manner.REFUSES_FOR_NOW);

    assertDeferred(
        sender.send(provider.message(1)).await(), EnumSet.of(Reason.UNAVAILABLE, Reason.UNKNOWN));
  }

  @Test
  void goesSlowerWhenItIsAskedTo() {
    provider.behaves(Manner.ASKS_FOR_LESS);

    assertDeferred(sender.send(provider.message(1)).await(), EnumSet.of(Reason.THROTTLED));
  }

  @Test
  void neverTriesAgainWhomTheProviderKnowsToBeGone() {
    provider.behaves(Manner.REFUSES_THE_RECIPIENT);

    assertThat(sender.send(provider.message(1)).await())
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason().newStanding()).isNotNull());
  }

  @Test
  void knowsThatNothingWasSentToAProviderThatIsAway() {
    provider.behaves(Manner.IS_AWAY);

    assertDeferred(sender.send(provider.message(1)).await(), EnumSet.of(Reason.CONNECTION));
  }

  @Test
  void givesASilentProviderOnlySoMuchTime() {
    provider.behaves(Manner.KEEPS_SILENT);

    assertThat(sender.send(provider.message(1)).toCompletionStage().toCompletableFuture())
        .succeedsWithin(PATIENCE)
        .isNotInstanceOf(Sent.class);
    assertThat(provider.ids()).hasSize(1);
  }

  @Test
  void takesNoHangingUpForAnAnswer() {
    provider.behaves(Manner.HANGS_UP);

    assertThat(sender.send(provider.message(1)).await()).isNotInstanceOf(Sent.class);
    assertThat(provider.ids()).hasSize(1);
  }

  @Test
  void goesOnWhenTheProviderIsBack() {
    provider.behaves(Manner.HANGS_UP);
    sender.send(provider.message(1)).await();
    provider.behaves(Manner.TAKES);

    assertThat(sender.send(provider.message(2)).await()).isInstanceOf(Sent.class);
  }

  @Test
  void showsTheSameIdOnEveryAttempt() {
    provider.behaves(Manner.HANGS_UP);
    sender.send(provider.message(1)).await();
    provider.behaves(Manner.TAKES);
    sender.send(provider.message(1)).await();

    String id = provider.message(1).id().toString();
    assertThat(provider.ids()).containsExactly(id, id);
  }

  @Test
  void sendsEachOfManyAtOnceOnce() {
    int messages = 200;
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int i = 1; i <= messages; i++) {
      outcomes.add(sender.send(provider.message(i)));
    }

    assertThat(outcomes).extracting(outcome -> outcome.await()).hasOnlyElementsOfType(Sent.class);
    assertThat(provider.ids()).doesNotHaveDuplicates().hasSize(messages);
  }

  @Test
  void holdsUpNoEventLoop() {
    provider.behaves(Manner.KEEPS_SILENT);
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Future<Outcome>> begun = new CompletableFuture<>();
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    vertx.runOnContext(go -> {
      Future<Outcome> outcome = sender.send(provider.message(1));
      assertThat(outcome.isComplete()).isFalse();
      begun.complete(outcome.onSuccess(answer::complete));
    });

    assertThat(begun).succeedsWithin(PATIENCE);
    assertThat(answer).succeedsWithin(PATIENCE);
    vertx.close().await();
  }

  @Test
  void leavesNobodyWaitingWhenItIsClosed() {
    provider.behaves(Manner.KEEPS_SILENT);
    Future<Outcome> outcome = sender.send(provider.message(1));
    await().until(() -> provider.ids().size() == 1);

    sender.close();

    assertThat(outcome.toCompletionStage().toCompletableFuture())
        .succeedsWithin(PATIENCE)
        .isNotInstanceOf(Sent.class);
  }

  private static void assertDeferred(Outcome outcome, Set<Reason> reasons) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isIn(reasons));
  }
}
