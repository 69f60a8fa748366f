package tocsin.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    assertThat(sender.send(provider.message(1))).isInstanceOf(Sent.class);
    assertThat(provider.ids()).containsExactly(provider.message(1).id().toString());
  }

  @Test
  void triesLaterWhatIsRefusedForNow() {
    provider.behaves(Manner.REFUSES_FOR_NOW);

    assertDeferred(
        sender.send(provider.message(1)), EnumSet.of(Reason.UNAVAILABLE, Reason.UNKNOWN));
  }

  @Test
  void goesSlowerWhenItIsAskedTo() {
    provider.behaves(Manner.ASKS_FOR_LESS);

    assertDeferred(sender.send(provider.message(1)), EnumSet.of(Reason.THROTTLED));
  }

  @Test
  void neverTriesAgainWhomTheProviderKnowsToBeGone() {
    provider.behaves(Manner.REFUSES_THE_RECIPIENT);

    assertThat(sender.send(provider.message(1)))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason().newStanding()).isNotNull());
  }

  @Test
  void knowsThatNothingWasSentToAProviderThatIsAway() {
    provider.behaves(Manner.IS_AWAY);

    assertDeferred(sender.send(provider.message(1)), EnumSet.of(Reason.CONNECTION));
  }

  @Test
  void givesASilentProviderOnlySoMuchTime() {
    provider.behaves(Manner.KEEPS_SILENT);

    assertThat(sender.send(provider.message(1))).isNotInstanceOf(Sent.class);
    assertThat(provider.ids()).hasSize(1);
  }

  @Test
  void takesNoHangingUpForAnAnswer() {
    provider.behaves(Manner.HANGS_UP);

    assertThat(sender.send(provider.message(1))).isNotInstanceOf(Sent.class);
    assertThat(provider.ids()).hasSize(1);
  }

  @Test
  void goesOnWhenTheProviderIsBack() {
    provider.behaves(Manner.HANGS_UP);
    sender.send(provider.message(1));
    provider.behaves(Manner.TAKES);

    assertThat(sender.send(provider.message(2))).isInstanceOf(Sent.class);
  }

  @Test
  void showsTheSameIdOnEveryAttempt() {
    provider.behaves(Manner.HANGS_UP);
    sender.send(provider.message(1));
    provider.behaves(Manner.TAKES);
    sender.send(provider.message(1));

    String id = provider.message(1).id().toString();
    assertThat(provider.ids()).containsExactly(id, id);
  }

  @Test
  void sendsEachOfManyAtOnceOnce() throws Exception {
    int messages = 200;
    List<Future<Outcome>> outcomes = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 1; i <= messages; i++) {
        M message = provider.message(i);
        outcomes.add(callers.submit(() -> sender.send(message)));
      }
    }
    for (Future<Outcome> outcome : outcomes) {
      assertThat(outcome.get()).isInstanceOf(Sent.class);
    }
    assertThat(provider.ids()).doesNotHaveDuplicates().hasSize(messages);
  }

  @Test
  void leavesNoCallerWaitingWhenItIsClosed() throws Exception {
    provider.behaves(Manner.KEEPS_SILENT);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread caller =
        Thread.startVirtualThread(() -> outcome.complete(sender.send(provider.message(1))));
    await().until(() -> provider.ids().size() == 1);

    sender.close();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isNotInstanceOf(Sent.class);
    caller.join();
  }

  @Test
  void answersACallerThatIsInterrupted() throws Exception {
    provider.behaves(Manner.KEEPS_SILENT);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    CompletableFuture<Boolean> isStillInterrupted = new CompletableFuture<>();
    Thread caller =
        Thread.startVirtualThread(() -> {
          outcome.complete(sender.send(provider.message(1)));
          isStillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
    await().until(() -> provider.ids().size() == 1);

    caller.interrupt();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).isNotInstanceOf(Sent.class);
    assertThat(isStillInterrupted.get(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void assertDeferred(Outcome outcome, Set<Reason> reasons) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isIn(reasons));
  }
}
