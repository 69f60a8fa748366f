package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.incident.Impact;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.ProblemException;

class SubscriberJsonTest {
  private final SubscriberJson json =
      new SubscriberJson(
          new AnyWebhooks(), InstantSource.fixed(Instant.parse("2026-01-15T10:40:00Z")));

  @Test
  void readsTheWholeForm() {
    var registration =
        json.parse(
            new JsonObject(
                """
                {"channel": "email", "address": "A@example.com", "locale": "de-at",
                 "timeZone": "America/New_York", "customer": "acme", "components": ["web"],
                 "regions": ["north-america"], "segments": ["na-2"], "minImpact": "minor",
                 "consent": {"source": "form", "at": "2026-01-01T00:00:00+01:00"}}
                """));
    assertThat(registration)
        .isEqualTo(
            new Registration(
                new Address(Channel.EMAIL, "A@example.com", "a@example.com"),
                "de-AT",
                ZoneId.of("America/New_York"),
                "acme",
                List.of(
                    new Subscription(
                        Set.of("web"), Set.of("north-america"), Set.of("na-2"), Impact.MINOR)),
                UpdateChoice.LATEST,
                WebhookForm.USUAL,
                Mailbox.PERSONAL,
                new Consent("form", Instant.parse("2025-12-31T23:00:00Z")),
                null));
  }

  @Test
  void whatIsLeftOutMeansAll() {
    var registration =
        json.parse(new JsonObject("{\"channel\": \"sms\", \"address\": \"+15005550006\"}"));
    assertThat(registration.subscriptions()).containsExactly(Subscription.ALL);
    assertThat(registration.locale()).isEqualTo("en");
    assertThat(registration.zone()).isEqualTo(ZoneId.of("UTC"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channel                       | 'fax'",
        "channel                       | 7",
        "address                       | 'nobody'",
        "address                       | ['a@example.com']",
        "locale                        | 'not a tag'",
        "locale                        | 'und'",
        "locale                        | ''",
        "timeZone                      | 'Mars/Olympus'",
        "timeZone                      | '+02:00'",
        "customer                      | 'ACME'",
        "components                    | []",
        "components                    | 'web'",
        "components[1]                 | ['web', 'Web']",
        "regions[0]                    | [null]",
        "segments                      | {}",
        "minImpact                     | 'huge'",
        "minImpact                     | 'MAJOR'",
        "subscriptions                 | []",
        "subscriptions                 | {}",
        "subscriptions[0]              | ['web']",
        "subscriptions[1].regions[0]   | [{}, {'regions': ['Emea']}]",
        "subscriptions[0].region       | [{'region': 'emea'}]",
        "consent                       | true",
        "consent.at                    | {'source': 'form'}",
        "consent.at                    | {'source': 'form', 'at': 'yesterday'}",
        "consent.at                    | {'source': 'form', 'at': '2026-01-16T00:00:00Z'}",
        "consent.source                | {'source': 'a\\nb', 'at': '2026-01-01T00:00:00Z'}",
        "secret                        | 'whsec_1'",
        "updates                       | 'every'",
        "updates                       | 'none'",
        "updates                       | true",
        "standing                      | 'active'"
      },
      quoteCharacter = '"')
  void namesTheFieldThatIsWrong(String path, String value) {
    var valid = new JsonObject().put("channel", "email").put("address", "a@example.com");
    String field = path.split("[\\[.]", -1)[0];
    Object wrong = new JsonArray("[" + value.replace('\'', '"') + "]").getValue(0);
    assertThat(errors(valid.put(field, wrong))).extracting(FieldError::field).contains(path);
  }

  @Test
  void tellsEveryFieldAtOnce() {
    var wrong = new JsonObject().put("channel", "email").put("minImpact", "x").put("extra", 1);
    assertThat(errors(wrong))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("address", "minImpact", "extra");
  }

  @Test
  void onlyAnEmailAddressIsASharedMailbox() {
    var team = new JsonObject().put("channel", "email").put("address", "team@example.com");
    var phone = new JsonObject().put("channel", "sms").put("address", "+15005550006");

    assertThat(json.parse(team.copy().put("shared", true)).mailbox()).isEqualTo(Mailbox.SHARED);
    assertThat(json.parse(team).mailbox()).isEqualTo(Mailbox.PERSONAL);
    assertThat(errors(phone.put("shared", true)))
        .containsExactly(new FieldError("shared", "is for e-mail addresses only"));
    assertThat(errors(team.put("shared", 1)))
        .containsExactly(new FieldError("shared", "must be true or false"));
  }

  @Test
  void flatListsAndSubscriptionsExcludeEachOther() {
    var both =
        new JsonObject()
            .put("channel", "email")
            .put("address", "a@example.com")
            .put("regions", new JsonArray().add("emea"))
            .put("subscriptions", new JsonArray().add(new JsonObject()));
    assertThat(errors(both)).extracting(FieldError::field).containsExactly("subscriptions");
  }

  @Test
  void everyListIsBounded() {
    var names = new JsonArray();
    var subscriptions = new JsonArray();
    for (int i = 0; i < 201; i++) {
      names.add("c-" + i);
      subscriptions.add(new JsonObject());
    }
    var email = new JsonObject().put("channel", "email").put("address", "a@example.com");
    assertThat(errors(email.copy().put("components", names)))
        .extracting(FieldError::field)
        .containsExactly("components");
    assertThat(errors(email.copy().put("subscriptions", subscriptions)))
        .extracting(FieldError::field)
        .containsExactly("subscriptions");
  }

  @Test
  void anAddressIsNeverRepeatedInAnError() {
    var wrong = new JsonObject().put("channel", "email").put("address", "private person@x");
    assertThat(errors(wrong).toString()).doesNotContain("private");
  }

  private List<FieldError> errors(JsonObject wrong) {
    var thrown = catchThrowableOfType(ProblemException.class, () -> json.parse(wrong));
    return Objects.requireNonNull(thrown, "was taken").problem().errors();
  }
}
