package tocsin.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.incident.Inbox.Accepted;
import tocsin.store.TestDatabase;

class InboxTest {
  private static final List<Scope> WEB_IN_EMEA = List.of(new Scope("web", "emea", "emea-1"));

  private final Vertx vertx = Vertx.vertx();
  private Pool pool;
  private Inbox inbox;

  @BeforeEach
  void open() {
    pool = TestDatabase.fresh(vertx);
    Catalogue catalogue = new Catalogue(pool);
    inbox = new Inbox(pool);
    get(catalogue.put(Dimension.COMPONENT, new Catalogue.Entry("web", "Web")));
    get(catalogue.put(Dimension.REGION, new Catalogue.Entry("emea", "EMEA")));
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void updatesAreNumberedFromOneInOrderOfAcceptance() {
    assertThat(get(open("down", Status.INVESTIGATING, WEB_IN_EMEA)).update().sequence())
        .isEqualTo(1);
    assertThat(get(accept("down", Status.IDENTIFIED)).update().sequence()).isEqualTo(2);
    assertThat(get(accept("down", Status.RESOLVED)).update().sequence()).isEqualTo(3);
  }

  @Test
  void aHundredAtOnceGetEachTheirOwnNumber() {
    get(open("down", Status.INVESTIGATING, WEB_IN_EMEA));

    List<Future<Accepted>> all =
        IntStream.range(0, 100).mapToObj(i -> accept("down", Status.IDENTIFIED)).toList();
    get(Future.all(all));

    assertThat(all.stream().map(one -> one.result().update().sequence()).sorted())
        .isEqualTo(IntStream.rangeClosed(2, 101).boxed().toList());
  }

  @Test
  void whatAnUpdateLeavesOutIsAsBefore() {
    get(
        inbox.open(
            "down",
            "Web down",
            submission(Status.INVESTIGATING, Impact.MAJOR, WEB_IN_EMEA, false),
            origin(null, 1)));

    Update next = get(accept("down", Status.MONITORING)).update();

    assertThat(next.affects()).isEqualTo(WEB_IN_EMEA);
    assertThat(next.impact()).isEqualTo(Impact.MAJOR);
    assertThat(next.title()).isEqualTo("Web down");
  }

  @Test
  void theFirstUpdateMustSayWhatIsAffected() {
    assertThat(problem(open("down", Status.INVESTIGATING, null)).errors())
        .extracting(Problem.FieldError::field)
        .containsExactly("update.affects");
    assertThat(count("incident")).isZero();
  }

  @Test
  void anUnknownComponentOrRegionIsNamedAndNothingIsLeftBehind() {
    Problem problem =
        problem(
            open(
                "down",
                Status.INVESTIGATING,
                List.of(new Scope("web", null, null), new Scope("wap", "emae", null))));

    assertThat(problem.errors())
        .extracting(Problem.FieldError::field)
        .containsExactly("update.affects[1].component", "update.affects[1].region");
    assertThat(count("incident")).isZero();
    assertThat(count("incident_update")).isZero();
  }

  @Test
  void aRepeatGetsTheSameAnswerAndADifferentBodyIsAConflict() {
    Submission first = submission(Status.INVESTIGATING, null, WEB_IN_EMEA, false);
    Accepted once = get(inbox.open("down", "Web down", first, origin("key-1", 1)));
    Accepted again = get(inbox.open("down", "Web down", first, origin("key-1", 1)));

    assertThat(again).isEqualTo(new Accepted(once.update(), true));
    assertThat(problem(inbox.open("other", "Web down", first, origin("key-1", 2))).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    assertThat(count("incident_update")).isEqualTo(1);
  }

  @Test
  void ofManyAtOnceWithOneKeyOneIsAcceptedAndAllGetItsAnswer() {
    get(open("down", Status.INVESTIGATING, WEB_IN_EMEA));
    Submission next = submission(Status.IDENTIFIED, null, null, false);

    List<Future<Accepted>> all =
        IntStream.range(0, 20).mapToObj(i -> inbox.accept("down", next, origin("key", 7))).toList();
    get(Future.all(all));

    assertThat(all.stream().map(one -> one.result().update()).distinct()).hasSize(1);
    assertThat(all.stream().filter(one -> !one.result().replayed())).hasSize(1);
    assertThat(count("incident_update")).isEqualTo(2);
  }

  @Test
  void ofManyThatOpenOrCloseAtOnceWithOneKeyAllGetTheSameAnswer() {
    Submission first = submission(Status.INVESTIGATING, null, WEB_IN_EMEA, false);
    List<Future<Accepted>> opening =
        IntStream.range(0, 8)
            .mapToObj(i -> inbox.open("down", "Web down", first, origin("open", 1)))
            .toList();
    get(Future.all(opening));
    Submission last = submission(Status.RESOLVED, null, null, false);
    List<Future<Accepted>> closing =
        IntStream.range(0, 8).mapToObj(i -> inbox.accept("down", last, origin("end", 2))).toList();
    get(Future.all(closing));

    assertThat(count("incident_update")).isEqualTo(2);
  }

  @Test
  void oneKeyMayServeTwoSources() {
    get(open("down", Status.INVESTIGATING, WEB_IN_EMEA));
    Submission next = submission(Status.IDENTIFIED, null, null, false);

    get(inbox.accept("down", next, new Origin("api:one", "key", new byte[] {1})));
    get(inbox.accept("down", next, new Origin("api:two", "key", new byte[] {1})));

    assertThat(count("incident_update")).isEqualTo(3);
  }

  @Test
  void aResolvedIncidentTakesItsPostMortemOrAReopeningOnPurpose() {
    get(open("down", Status.INVESTIGATING, WEB_IN_EMEA));
    assertThat(problem(accept("down", Status.POSTMORTEM)).kind()).isEqualTo(Problem.Kind.CONFLICT);
    get(accept("down", Status.RESOLVED));

    assertThat(problem(accept("down", Status.MONITORING)).kind()).isEqualTo(Problem.Kind.CONFLICT);
    get(accept("down", Status.POSTMORTEM));
    assertThat(problem(accept("down", Status.RESOLVED)).kind()).isEqualTo(Problem.Kind.CONFLICT);
    get(inbox.accept("down", submission(Status.INVESTIGATING, null, null, true), origin(null, 1)));
    get(accept("down", Status.IDENTIFIED));
  }

  @Test
  void anIncidentNeverBecomesAMaintenance() {
    get(open("down", Status.INVESTIGATING, WEB_IN_EMEA));

    assertThat(problem(accept("down", Status.IN_PROGRESS)).errors())
        .extracting(Problem.FieldError::field)
        .containsExactly("status");
  }

  @Test
  void anIncidentThatIsThereIsNotOpenedAgainAndOneThatIsNotIsNotFound() {
    get(open("down", Status.INVESTIGATING, WEB_IN_EMEA));

    assertThat(problem(open("down", Status.INVESTIGATING, WEB_IN_EMEA)).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    assertThat(problem(accept("gone", Status.IDENTIFIED)).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
  }

  private Future<Accepted> open(String id, Status status, @Nullable List<Scope> affects) {
    return inbox.open(id, "Web down", submission(status, null, affects, false), origin(null, 1));
  }

  private Future<Accepted> accept(String id, Status status) {
    return inbox.accept(id, submission(status, null, null, false), origin(null, 1));
  }

  private static Submission submission(
      Status status, @Nullable Impact impact, @Nullable List<Scope> affects, boolean reopens) {
    return new Submission(
        status, impact, Text.of("We are on it."), affects, null, null, true, reopens);
  }

  private static Origin origin(@Nullable String key, int fingerprint) {
    return new Origin("api:test", key, new byte[] {(byte) fingerprint});
  }

  private int count(String table) {
    return get(pool.query("select count(*)::int from " + table).execute())
        .iterator()
        .next()
        .getInteger(0);
  }

  private static Problem problem(Future<?> refused) {
    Throwable thrown = catchThrowable(() -> get(refused));
    assertThat(thrown).isInstanceOf(CompletionException.class);
    return Objects.requireNonNull(ProblemException.class.cast(thrown.getCause())).problem();
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
