package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.ProblemException;

class SubscribersTest {
  private Records records;
  private Subscribers subscribers;

  @BeforeEach
  void open() {
    records = new Records().withCatalogue(List.of("web", "api"), List.of("emea"));
    subscribers = records.subscribers;
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void anAddressIsSubscribedOnceWhateverItsCase() {
    records.email("reader@example.com");
    Problem problem = problem(create(email("Reader@Example.com")));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
    assertThat(problem.errors()).extracting(FieldError::field).containsExactly("address");
  }

  @Test
  void anInternationalAddressIsKeptAsTypedAndGoesOutInAscii() {
    int id = records.email("Jörg@Bücher.example");

    assertThat(subscribers.get(id).await().address()).isEqualTo("Jörg@Bücher.example");
    assertThat(new Recipients(records.pool).load(new int[] {id}).await())
        .extracting(Recipient::address)
        .containsExactly("Jörg@xn--bcher-kva.example");
    assertThat(problem(create(email("jörg@xn--bcher-kva.example"))).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    for (String same : new String[] {"jörg@bücher.example", "JÖRG@xn--bcher-kva.example"}) {
      assertThat(ids(new SubscriberFilter(null, null, same, null, null), 9, 0)).containsExactly(id);
    }
  }

  @Test
  void ofConcurrentCreatorsOneWins() {
    List<Future<Created>> creators = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      creators.add(create(email("reader@example.com")));
    }
    Future.join(creators).otherwiseEmpty().await();
    assertThat(creators).filteredOn(Future::succeeded).hasSize(1);
    assertThat(creators)
        .filteredOn(Future::failed)
        .allSatisfy(it -> assertThat(problem(it).kind()).isEqualTo(Problem.Kind.CONFLICT));
  }

  @Test
  void whoWasDeletedComesBackAsTheSameSubscriber() {
    int id = records.email("reader@example.com");
    subscribers.delete(id, "api:test").await();
    assertThat(records.email("reader@example.com")).isEqualTo(id);
    assertThat(subscribers.get(id).await().standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void whoUnsubscribedComesBackOnlyByALaterConsent() {
    int id = records.email("reader@example.com");
    records.leave(id);
    Problem problem = problem(create(email("reader@example.com")));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
    assertThat(problem.detail()).contains("has unsubscribed");
    assertThat(problem(create(consenting(Instant.now().minusSeconds(60)))).kind())
        .isEqualTo(Problem.Kind.CONFLICT);

    assertThat(records.create(consenting(Instant.now().plusSeconds(60)))).isEqualTo(id);
    assertThat(subscribers.get(id).await().standing()).isEqualTo(Standing.ACTIVE);
  }

  @Test
  void deletingWhoUnsubscribedDoesNotForgetThatTheyDid() {
    int id = records.email("reader@example.com");
    records.leave(id);
    subscribers.delete(id, "api:test").await();
    assertThat(problem(create(email("reader@example.com"))).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
  }

  private static JsonObject consenting(Instant at) {
    return email("reader@example.com")
        .put("consent", new JsonObject().put("source", "form").put("at", at.toString()));
  }

  @Test
  void unknownNamesAreRefusedWithTheirFields() {
    var first = new JsonObject().put("components", new JsonArray().add("web"));
    var second =
        new JsonObject()
            .put("components", new JsonArray().add("wbe"))
            .put("regions", new JsonArray().add("mars"));
    var registration =
        email("reader@example.com")
            .put("customer", "nobody")
            .put("subscriptions", new JsonArray().add(first).add(second));
    assertThat(problem(create(registration)).errors())
        .extracting(FieldError::field)
        .containsExactly("subscriptions[1].components", "subscriptions[1].regions", "customer");
    var flat = email("reader@example.com").put("components", new JsonArray().add("wbe"));
    assertThat(problem(create(flat)).errors())
        .extracting(FieldError::field)
        .containsExactly("components");
  }

  @Test
  void aWebhooksSecretIsShownOnce() {
    var hook =
        new JsonObject().put("channel", "webhook").put("address", "https://hooks.example.com/a");
    Created created = create(hook).await();
    assertThat(created.secret()).startsWith("whsec_");
    assertThat(SubscriberJson.print(subscribers.get(created.subscriber().id()).await()).encode())
        .doesNotContain("whsec_");
    var recipients = new Recipients(records.pool).load(new int[] {created.subscriber().id()});
    assertThat(recipients.await())
        .singleElement()
        .extracting(Recipient::keys)
        .isEqualTo(List.of(Objects.requireNonNull(created.secret())));
  }

  @Test
  void aWebhookChoosesBetweenEveryUpdateAndTheLatest() {
    var hook =
        new JsonObject().put("channel", "webhook").put("address", "https://hooks.example.com/b");
    int id = create(hook).await().subscriber().id();
    assertThat(updates(id)).isEqualTo(UpdateChoice.LATEST);

    subscribers.patch(id, new JsonObject().put("updates", "every"), "api:test").await();
    assertThat(updates(id)).isEqualTo(UpdateChoice.EVERY);
    assertThat(SubscriberJson.print(subscribers.get(id).await()).getString("updates"))
        .isEqualTo("every");
    subscribers.patch(id, new JsonObject().put("locale", "de"), "api:test").await();
    assertThat(updates(id)).isEqualTo(UpdateChoice.EVERY);
    subscribers.patch(id, new JsonObject().putNull("updates"), "api:test").await();
    assertThat(updates(id)).isEqualTo(UpdateChoice.LATEST);
  }

  private UpdateChoice updates(int id) {
    return new Recipients(records.pool).load(new int[] {id}).await().getFirst().updates();
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    var registration = email("reader@example.com").put("components", new JsonArray().add("web"));
    int id = create(registration).await().subscriber().id();
    JsonObject before = SubscriberJson.print(subscribers.get(id).await());
    subscribers
        .patch(id, new JsonObject().put("locale", "de").putNull("components"), "api:test")
        .await();
    JsonObject expected = before.copy().put("locale", "de");
    expected.remove("components");
    assertThat(SubscriberJson.print(subscribers.get(id).await())).isEqualTo(expected);
  }

  @Test
  void aPatchMayReplaceFlatListsBySubscriptions() {
    int id = records.email("reader@example.com");
    var two = new JsonArray("[{\"components\": [\"web\"]}, {\"regions\": [\"emea\"]}]");
    var patched =
        subscribers.patch(id, new JsonObject().put("subscriptions", two), "api:test").await();
    assertThat(patched.subscriptions()).hasSize(2);
  }

  @Test
  void aPatchIsHeldToTheSameRules() {
    int id = records.email("reader@example.com");
    records.email("taken@example.com");
    var taken = new JsonObject().put("address", "taken@example.com");
    assertThat(problem(subscribers.patch(id, taken, "api:test")).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    var injected = new JsonObject().put("address", "a@example.com\r\nBcc: b@example.com");
    assertThat(problem(subscribers.patch(id, injected, "api:test")).errors())
        .extracting(FieldError::field)
        .containsExactly("address");
    var channel = new JsonObject().put("channel", "sms").put("address", "+15005550006");
    assertThat(problem(subscribers.patch(id, channel, "api:test")).errors())
        .extracting(FieldError::field)
        .containsExactly("channel");
    assertThat(problem(subscribers.patch(404, taken, "api:test")).kind())
        .isEqualTo(Problem.Kind.NOT_FOUND);
  }

  @Test
  void aNewAddressEndsQuarantineAndNothingElseDoes() {
    int id = records.email("reader@example.com");
    assertThat(subscribers.suspend(id, Standing.QUARANTINED).await()).isTrue();
    assertThat(subscribers.suspend(id, Standing.OPTED_OUT).await()).isFalse();
    var locale = new JsonObject().put("locale", "de");
    assertThat(subscribers.patch(id, locale, "api:test").await().standing())
        .isEqualTo(Standing.QUARANTINED);
    var address = new JsonObject().put("address", "new@example.com");
    assertThat(subscribers.patch(id, address, "api:test").await().standing())
        .isEqualTo(Standing.ACTIVE);
  }

  @Test
  void deletingTwiceIsNoFailureAndWhoWasDeletedCanStillSayThatTheyLeave() {
    int id = records.email("reader@example.com");
    subscribers.delete(id, "api:test").await();
    subscribers.delete(id, "api:test").await();
    assertThat(subscribers.get(id).await().standing()).isEqualTo(Standing.DELETED);
    records.leave(id);
    assertThat(subscribers.get(id).await().standing()).isEqualTo(Standing.UNSUBSCRIBED);
    assertThat(problem(subscribers.delete(404, "api:test")).kind())
        .isEqualTo(Problem.Kind.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNSUBSCRIBED", "OPTED_OUT"})
  void whoLeftKeepsTheAddressThatTheirWishIsAbout(Standing standing) {
    int id = records.email("reader@example.com");
    assertThat(
            new StandingChange(standing, EnumSet.of(Standing.ACTIVE), Evidence.of("link"))
                .apply(records.pool, id)
                .await())
        .isTrue();

    var problem =
        problem(
            subscribers.patch(
                id, new JsonObject().put("address", "other@example.com"), "api:test"));

    assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
    assertThat(problem.detail()).contains("has left");
    var locale = new JsonObject().put("locale", "de");
    assertThat(subscribers.patch(id, locale, "api:test").await().standing()).isEqualTo(standing);
  }

  @Test
  void listsByFilterPageByPage() {
    int first = records.email("first@example.com");
    int second = records.email("second@example.com");
    int third =
        records.create(new JsonObject().put("channel", "sms").put("address", "+15005550006"));
    assertThat(ids(SubscriberFilter.NONE, 2, 0)).containsExactly(first, second);
    assertThat(ids(SubscriberFilter.NONE, 2, second)).containsExactly(third);
    assertThat(ids(new SubscriberFilter(Channel.SMS, null, null, null, null), 9, 0))
        .containsExactly(third);
    assertThat(ids(new SubscriberFilter(null, null, "Second@example.com", null, null), 9, 0))
        .containsExactly(second);
    subscribers.delete(first, "api:test").await();
    assertThat(ids(new SubscriberFilter(null, null, null, Standing.DELETED, null), 9, 0))
        .containsExactly(first);
  }

  private List<Integer> ids(SubscriberFilter filter, int limit, int after) {
    return subscribers.list(filter, limit, after).await().stream().map(Subscriber::id).toList();
  }

  private Future<Created> create(JsonObject registration) {
    return subscribers.create(records.json.parse(registration), "api:test");
  }

  private static JsonObject email(String address) {
    return new JsonObject().put("channel", "email").put("address", address);
  }

  private static Problem problem(Future<?> future) {
    var thrown = catchThrowableOfType(ProblemException.class, future::await);
    return Objects.requireNonNull(thrown, "succeeded").problem();
  }
}
