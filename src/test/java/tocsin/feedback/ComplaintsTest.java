package tocsin.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tocsin.feedback.Complaints.Result;
import tocsin.store.Answer;
import tocsin.store.TestDatabase;

/** Who complains has left at once, and what shows it is kept. */
class ComplaintsTest {
  private static final Vertx vertx = Vertx.vertx();
  private static final MailWorld world = new MailWorld(TestDatabase.fresh(vertx));
  private final Complaints complaints = new Complaints(world.pool);

  @BeforeAll
  static void updates() {
    world.updates(2);
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void aComplaintUnsubscribesAndIsKept() {
    int subscriber = world.subscriber();

    assertThat(record(1, subscriber)).isEqualTo(Result.LEFT);

    assertThat(world.standing(subscriber)).isEqualTo("unsubscribed");
    assertThat(world.text("select proof from complaint where subscriber = $1", subscriber))
        .isEqualTo("Feedback-Type: abuse");
    assertThat(
            world.text(
                "select kind || ' ' || source from consent where subscriber = $1", subscriber))
        .isEqualTo("withdrawn complaint");
    assertThat(
            world.text(
                "select state || ' ' || detail from receipt where subscriber = $1", subscriber))
        .isEqualTo("complained abuse");
  }

  @Test
  void aComplaintIsHeardOnce() {
    int subscriber = world.subscriber();

    assertThat(record(1, subscriber)).isEqualTo(Result.LEFT);
    assertThat(record(1, subscriber)).isEqualTo(Result.NO_NEWS);
    assertThat(record(2, subscriber)).isEqualTo(Result.NO_NEWS);

    assertThat(world.text("select count(*)::text from consent where subscriber = $1", subscriber))
        .isEqualTo("1");
  }

  @Test
  void whoWasDeletedIsHeardAsWell() {
    int subscriber = world.subscriber();
    world
        .pool
        .preparedQuery("update subscriber set standing = 'deleted' where id = $1")
        .execute(Tuple.of(subscriber))
        .await();

    assertThat(record(1, subscriber)).isEqualTo(Result.LEFT);
    assertThat(world.standing(subscriber)).isEqualTo("unsubscribed");
  }

  @Test
  void oneReaderDoesNotSpeakForAList() {
    int list = world.subscriber("list");

    assertThat(record(1, list)).isEqualTo(Result.SHARED);

    assertThat(world.standing(list)).isEqualTo("active");
    assertThat(world.text("select type from complaint where subscriber = $1", list))
        .isEqualTo("abuse");
  }

  @Test
  void aComplaintThatTellsOnlyThePersonIsEnough() {
    int subscriber = world.subscriber();

    assertThat(
            Answer.of(
                complaints.record(
                    new ComplaintEvent(subscriber, 0, "abuse\0", "\0", MailSource.MAIL))))
        .isEqualTo(Result.LEFT);
    assertThat(
            Answer.of(
                complaints.record(
                    new ComplaintEvent(Integer.MAX_VALUE, 0, "", "", MailSource.MAIL))))
        .isEqualTo(Result.NO_NEWS);
  }

  private Result record(int update, int subscriber) {
    return Answer.of(
        complaints.record(
            new ComplaintEvent(
                subscriber,
                world.delivery(update, subscriber).audience(),
                "abuse",
                "Feedback-Type: abuse",
                MailSource.MAIL)));
  }
}
