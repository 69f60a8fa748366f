package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/** With which keys a webhook is signed, and when. */
class SecretRotationTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Records records = new Records();

  @AfterEach
  void close() {
    records.close();
  }

  @ParameterizedTest
  @CsvSource({"v1, whsec_", "v1a, whsk_", "both, whsec_ whsk_"})
  void theSchemeSaysWhatSigns(String signature, String prefixes) {
    int id = webhook(signature);

    assertThat(keys(id))
        .extracting(key -> key.replaceAll("[0-9]+$", ""))
        .containsExactly(prefixes.split(" ", -1));
  }

  @Test
  void thePublicKeyIsShownAndTheOthersAreNot() {
    int id = webhook("both");

    JsonObject shown = SubscriberJson.print(records.subscribers.get(id).await());

    assertThat(shown.getString("publicKey")).startsWith("whpk_");
    assertThat(shown.encode()).doesNotContain("whsec_", "whsk_");
    assertThat(shown.getString("signature")).isEqualTo("both");
  }

  @Test
  void duringTheOverlapTheOldSecretSignsToo() {
    int id = webhook("v1");
    String old = keys(id).getFirst();

    RotatedSecret rotated = records.rotation.rotate(id, null, DAY).await();

    assertThat(keys(id)).containsExactly(rotated.secret(), old);
    assertThat(rotated.publicKey()).isNull();
  }

  @Test
  void aKeyPairIsReplacedWithTheSecret() {
    int id = webhook("both");
    List<String> old = keys(id);

    RotatedSecret rotated = records.rotation.rotate(id, "whsec_mine", DAY).await();

    assertThat(keys(id)).hasSize(4).startsWith("whsec_mine").endsWith(old.get(0), old.get(1));
    assertThat(records.subscribers.get(id).await().publicKey())
        .isEqualTo(rotated.publicKey())
        .isNotNull();
  }

  @Test
  void withoutAnOverlapTheOldSecretIsGoneAtOnce() {
    int id = webhook("v1");

    RotatedSecret rotated = records.rotation.rotate(id, null, Duration.ZERO).await();

    assertThat(keys(id)).containsExactly(rotated.secret());
  }

  @Test
  void everyOldKeySignsUntilItsOwnOverlapEnds() {
    int id = webhook("both");
    List<String> first = keys(id);
    records.rotation.rotate(id, null, DAY).await();
    List<String> second = keys(id).subList(0, 2);
    records.rotation.rotate(id, null, Duration.ofHours(1)).await();
    List<String> third = keys(id).subList(0, 2);

    records.rotation.rotate(id, null, Duration.ZERO).await();

    assertThat(keys(id)).hasSize(6).doesNotContainAnyElementsOf(third);
    assertThat(keys(id).subList(2, 6))
        .containsExactly(second.get(0), second.get(1), first.get(0), first.get(1));
    end(second.get(0));
    assertThat(keys(id)).hasSize(4).endsWith(first.get(0), first.get(1));
  }

  @Test
  void aFourthOverlapAtOnceIsRefusedWithTheEndOfTheFirst() {
    int id = webhook("v1");
    RotatedSecret longest = records.rotation.rotate(id, null, DAY.multipliedBy(2)).await();
    RotatedSecret shortest = records.rotation.rotate(id, null, DAY).await();
    records.rotation.rotate(id, null, DAY.multipliedBy(3)).await();
    List<String> before = keys(id);

    assertThatThrownBy(() -> records.rotation.rotate(id, null, DAY).await())
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().kind()).isEqualTo(Problem.Kind.CONFLICT);
              assertThat(refused.problem().detail()).endsWith("until " + shortest.previousUntil());
            });
    assertThat(keys(id)).isEqualTo(before).hasSize(4);
    records.rotation.rotate(id, null, Duration.ZERO).await();
    end(longest.secret());
    records.rotation.rotate(id, null, DAY).await();
    assertThat(keys(id)).hasSize(4).doesNotContain(longest.secret());
  }

  @Test
  void theSameSecretAgainChangesNothing() {
    int id = webhook("both");
    RotatedSecret once = records.rotation.rotate(id, "whsec_mine", DAY).await();
    List<String> keys = keys(id);

    RotatedSecret again = records.rotation.rotate(id, "whsec_mine", Duration.ofHours(1)).await();

    assertThat(again).isEqualTo(once);
    assertThat(keys(id)).isEqualTo(keys);
  }

  @Test
  void whoChangesTheSchemeGetsAKeyPairOnce() {
    int id = webhook("v1");

    Subscriber changed = patch(id, "{\"signature\": \"both\"}");
    patch(id, "{\"signature\": null}");
    Subscriber again = patch(id, "{\"signature\": \"v1a\"}");

    assertThat(changed.publicKey()).startsWith("whpk_").isEqualTo(again.publicKey());
    assertThat(keys(id)).singleElement().asString().startsWith("whsk_");
  }

  @Test
  void onlyAWebhookHasASecret() {
    int id = records.email("ada@example.com");

    assertThatThrownBy(() -> records.rotation.rotate(id, null, DAY).await())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("only a webhook");
    assertThatThrownBy(() -> records.rotation.rotate(id + 1, null, DAY).await())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no subscriber");
  }

  @Test
  void aMalformedSecretIsRefused() {
    int id = webhook("v1");

    assertThatThrownBy(() -> records.rotation.rotate(id, "mine", DAY).await())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channel\": \"sms\", \"address\": \"+15005550006\", \"dialect\": \"slack\"}",
        "{\"channel\": \"email\", \"address\": \"a@example.com\", \"signature\": \"v1\"}",
        "{\"channel\": \"webhook\", \"address\": \"https://a.example\", \"dialect\": \"irc\"}",
        "{\"channel\": \"webhook\", \"address\": \"https://a.example\", \"signature\": \"v2\"}"
      })
  void onlyAWebhookHasAFormAndOnlyOneThatIsKnown(String json) {
    assertThatThrownBy(() -> records.json.parse(new JsonObject(json)))
        .isInstanceOf(ProblemException.class);
  }

  private int webhook(String signature) {
    return records.create(
        new JsonObject()
            .put("channel", "webhook")
            .put("address", "https://hooks.example.com/a")
            .put("signature", signature)
            .put("dialect", "slack"));
  }

  private Subscriber patch(int id, String json) {
    return records.subscribers.patch(id, new JsonObject(json), "api:test").await();
  }

  /** As if the overlap of that secret were over. */
  private void end(String secret) {
    records
        .pool
        .preparedQuery(
            """
            update subscriber set old_keys = (
              select jsonb_agg(case when key ->> 'secret' = $1
                  then key || '{"until": 1}' else key end order by place)
                from jsonb_array_elements(old_keys) with ordinality k (key, place))
             where old_keys is not null
            """)
        .execute(Tuple.of(secret))
        .await();
  }

  private List<String> keys(int id) {
    return new Recipients(records.pool).load(new int[] {id}).await().getFirst().keys();
  }
}
