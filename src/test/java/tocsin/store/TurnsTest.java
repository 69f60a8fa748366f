package tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node is at, no other begins; when it ends, however that is, the next may. */
class TurnsTest {
  private Vertx vertx;
  private Turns turns;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    turns = new Turns(TestDatabase.fresh(vertx));
  }

  @AfterEach
  void close() {
    Answer.of(vertx.close());
  }

  @Test
  void workIsDoneByOneNodeAtATime() {
    Promise<Void> begun = Promise.promise();
    Promise<Void> ended = Promise.promise();
    Future<Boolean> first =
        turns.take(
            "sweeping",
            () -> {
              begun.complete();
              return ended.future();
            });
    Answer.of(begun.future());

    assertThat(Answer.of(turns.take("sweeping", () -> Future.failedFuture("done twice"))))
        .isFalse();
    assertThat(Answer.of(turns.take("washing", Future::succeededFuture))).isTrue();

    ended.complete();
    assertThat(Answer.of(first)).isTrue();
    assertThat(Answer.of(turns.take("sweeping", Future::succeededFuture))).isTrue();
  }

  @Test
  void workThatFailedMayBeTakenUpAgain() {
    Future<Boolean> failed =
        turns.take("sweeping", () -> Future.failedFuture("the broom is broken"));

    assertThatThrownBy(() -> Answer.of(failed)).hasMessageContaining("the broom is broken");
    assertThat(Answer.of(turns.take("sweeping", Future::succeededFuture))).isTrue();
  }
}
