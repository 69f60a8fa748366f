package tocsin.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.DeliveryId;
import tocsin.channel.email.BounceClass;
import tocsin.store.Answer;
import tocsin.store.TestDatabase;

/** Who cannot be reached is set aside; whom a server only dislikes us for is not. */
class BouncesTest {
  private static final Vertx vertx = Vertx.vertx();
  private static final MailWorld world = new MailWorld(TestDatabase.fresh(vertx));
  private static final Pool pool = world.pool;
  private final Bounces bounces = new Bounces(pool);

  @BeforeAll
  static void updates() {
    world.updates(12);
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @EnumSource(names = {"HARD", "CAPABILITY"})
  void whatIsForGoodSetsAsideAtOnce(BounceClass bounce) {
    int subscriber = world.subscriber();

    record(event(1, subscriber, bounce));

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  @Test
  void whatIsForGoodForOneOfASharedMailboxDoesNotSetAsideTheOthersAtOnce() {
    int list = world.subscriber("list");

    for (int mail = 1; mail < 5; mail++) {
      record(event(mail, list, BounceClass.HARD));
      assertThat(world.standing(list)).isEqualTo("active");
    }
    record(event(5, list, BounceClass.HARD));

    assertThat(world.standing(list)).isEqualTo("quarantined");
  }

  @ParameterizedTest
  @CsvSource({"SOFT,5", "UNKNOWN,5", "ROUTING,3"})
  void whatMayPassSetsAsideWhenItDoesNot(BounceClass bounce, int most) {
    int subscriber = world.subscriber();

    for (int mail = 1; mail < most; mail++) {
      record(event(mail, subscriber, bounce));
      assertThat(world.standing(subscriber)).isEqualTo("active");
    }
    record(event(most, subscriber, bounce));

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  @ParameterizedTest
  @EnumSource(names = {"POLICY", "CONTENT"})
  void whatIsHeldAgainstUsIsNeverTheRecipients(BounceClass bounce) {
    int subscriber = world.subscriber();

    for (int mail = 1; mail <= 12; mail++) {
      record(event(mail, subscriber, bounce));
    }

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void aMailboxThatIsOffSetsAsideOnTheSecondDay() {
    int subscriber = world.subscriber();

    record(event(1, subscriber, BounceClass.DISABLED));
    record(event(2, subscriber, BounceClass.DISABLED));
    assertThat(world.standing(subscriber)).isEqualTo("active");
    age(subscriber, 2);
    record(event(3, subscriber, BounceClass.DISABLED));

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
  }

  @Test
  void whatIsOlderThanTwoWeeksIsForgotten() {
    int subscriber = world.subscriber();
    for (int mail = 1; mail <= 4; mail++) {
      record(event(mail, subscriber, BounceClass.SOFT));
    }

    age(subscriber, 15);
    record(event(5, subscriber, BounceClass.SOFT));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void aMailCountsOnceHoweverOftenItIsReported() {
    int subscriber = world.subscriber();
    BounceEvent event = event(1, subscriber, BounceClass.SOFT);

    List<BounceEvent> repeated = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      repeated.add(event);
    }
    assertThat(record(repeated).news()).hasSize(1);
    assertThat(record(repeated).news()).isEmpty();

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void aMailCountsWithTheWorstThatWasSaidOfIt() {
    int subscriber = world.subscriber();

    record(event(1, subscriber, BounceClass.POLICY));
    record(event(1, subscriber, BounceClass.HARD));
    record(event(1, subscriber, BounceClass.SOFT));

    assertThat(world.standing(subscriber)).isEqualTo("quarantined");
    assertThat(world.text("select class from bounce where subscriber = $1", subscriber))
        .isEqualTo("hard");
  }

  @Test
  void aBatchWorksLikeItsEventsOneByOne() {
    int full = world.subscriber();
    int gone = world.subscriber();
    int fine = world.subscriber();
    List<BounceEvent> batch = new ArrayList<>();
    for (int mail = 1; mail <= 5; mail++) {
      batch.add(event(mail, full, BounceClass.SOFT));
    }
    batch.add(event(1, gone, BounceClass.HARD));
    batch.add(event(1, fine, BounceClass.SOFT));

    Bounces.Outcome outcome = record(batch);

    assertThat(outcome.quarantined()).isEqualTo(2);
    assertThat(outcome.news()).hasSize(7);
    assertThat(List.of(world.standing(full), world.standing(gone), world.standing(fine)))
        .isEqualTo(List.of("quarantined", "quarantined", "active"));
  }

  @Test
  void whatIsSaidOfOlderMailsDoesNotUndoAnActivation() {
    int subscriber = world.subscriber();
    record(event(1, subscriber, BounceClass.HARD));
    world.run(
        "update subscriber set standing = 'active', standing_at = now() + interval '1 hour' where id = $1",
        Tuple.of(subscriber));

    record(event(2, subscriber, BounceClass.HARD));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void whatIsSaidOfOlderMailsIsNotAboutANewAddress() {
    int subscriber = world.subscriber();
    world.run(
        "update subscriber set consent_at = now() + interval '1 hour' where id = $1",
        Tuple.of(subscriber));

    record(event(1, subscriber, BounceClass.HARD));

    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void whoIsSetAsideIsInTheAudit() {
    int subscriber = world.subscriber();

    record(event(1, subscriber, BounceClass.HARD));
    record(event(2, subscriber, BounceClass.HARD));

    assertThat(
            world.text(
                "select string_agg(actor || ' ' || action, ',') from audit"
                    + " where subject = '/v1/subscribers/' || $1::int",
                subscriber))
        .isEqualTo("bounce quarantined");
  }

  @Test
  void whoHasLeftStaysSo() {
    int subscriber = world.subscriber();
    world.run(
        "update subscriber set standing = 'unsubscribed' where id = $1", Tuple.of(subscriber));

    record(event(1, subscriber, BounceClass.HARD));

    assertThat(world.standing(subscriber)).isEqualTo("unsubscribed");
  }

  @Test
  void whatNobodyKnowsChangesNothing() {
    int subscriber = world.subscriber();
    BounceEvent unknownUpdate =
        new BounceEvent(
            new DeliveryId(Integer.MAX_VALUE, subscriber),
            BounceClass.HARD,
            "5.1.1",
            "",
            MailSource.MAIL);

    assertThat(record(unknownUpdate, event(1, Integer.MAX_VALUE, BounceClass.HARD)).news())
        .isEmpty();
    assertThat(world.standing(subscriber)).isEqualTo("active");
  }

  @Test
  void whatComesBackIsAReceiptAndWhatIsRefusedAtOnceIsNone() {
    int back = world.subscriber();
    int refused = world.subscriber();

    record(
        event(1, back, BounceClass.SOFT),
        new BounceEvent(
            world.delivery(1, refused), BounceClass.SOFT, "5.2.2", "full", MailSource.REPLY));

    String state =
        "select state || ' ' || rank || ' ' || detail from receipt where subscriber = $1";
    assertThat(world.text(state, back)).isEqualTo("bounced 5 soft 5.0.0");
    assertThat(world.text("select count(*)::text from receipt where subscriber = $1", refused))
        .isEqualTo("0");
  }

  @Test
  void noAddressIsKept() {
    BounceEvent event =
        new BounceEvent(
            world.delivery(1, 1),
            BounceClass.HARD,
            "5.1.1",
            "550 <jo.doe+x@mail.example.com>: unknown\0 \r\n user jo@example.com",
            MailSource.MAIL);

    assertThat(event.detail()).isEqualTo("550 <...>: unknown user ...");
  }

  private Bounces.Outcome record(BounceEvent... events) {
    return record(List.of(events));
  }

  private Bounces.Outcome record(List<BounceEvent> events) {
    return Answer.of(bounces.record(events));
  }

  private static BounceEvent event(int mail, int subscriber, BounceClass bounce) {
    return new BounceEvent(
        world.delivery(mail, subscriber), bounce, "5.0.0", "no", MailSource.MAIL);
  }

  private static void age(int subscriber, int days) {
    world.run(
        "update bounce set at = at - make_interval(days => $2) where subscriber = $1",
        Tuple.of(subscriber, days));
  }
}
