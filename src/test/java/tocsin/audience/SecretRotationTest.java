package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  void anotherRotationEndsTheOverlapBeforeIt() {
    int id = webhook("v1");
    RotatedSecret first = records.rotation.rotate(id, null, DAY).await();
    RotatedSecret second = records.rotation.rotate(id, null, DAY).await();

    assertThat(keys(id)).containsExactly(second.secret(), first.secret());
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
    return records.subscribers.patch(id, new JsonObject(json)).await();
  }

  private List<String> keys(int id) {
    return new Recipients(records.pool).load(new int[] {id}).await().getFirst().keys();
  }
}
