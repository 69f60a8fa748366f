package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tocsin.audience.ConsentKind.GIVEN;
import static tocsin.audience.ConsentKind.WITHDRAWN;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.selfservice.Leaving;

/** Whatever gives or ends a consent leaves its proof, in the same transaction. */
class ConsentLogTest {
  private static final Instant LAST_YEAR = Instant.parse("2025-03-04T10:00:00Z");
  private Records records;

  @BeforeEach
  void open() {
    records = new Records();
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void whatARegistrationSaysIsOnRecordWithWhoWroteItDown() {
    int id = records.create(email().put("consent", consent("contract", LAST_YEAR)));

    assertThat(log(id))
        .containsExactly(
            new ConsentRecord(
                id,
                GIVEN,
                Channel.EMAIL,
                null,
                new Evidence("contract", "test", null, null),
                null,
                LAST_YEAR));
  }

  @Test
  void leavingAndBeingRemovedEndTheConsentOnce() {
    int left = records.email("left@example.com");
    int removed = records.email("removed@example.com");

    new Leaving(records.pool)
        .leave(left, Evidence.request("link", "192.0.2.7", "Mozilla/5.0"))
        .await();
    records.leave(left);
    records.subscribers.delete(removed, "api:ops").await();

    assertThat(log(left)).extracting(ConsentRecord::kind).containsExactly(GIVEN, WITHDRAWN);
    assertThat(log(left).getLast().evidence())
        .isEqualTo(new Evidence("link", null, "192.0.2.7", "Mozilla/5.0"));
    assertThat(log(removed).getLast().evidence()).isEqualTo(Evidence.vouched("api:ops"));
  }

  @Test
  void whoCannotBeReachedHasWithdrawnNothingWhomTheCarrierBlocksHas() {
    int bounced = records.email("bounced@example.com");
    int stopped = records.create(sms());

    records.subscribers.suspend(bounced, Standing.QUARANTINED).await();
    records.subscribers.suspend(stopped, Standing.OPTED_OUT).await();

    assertThat(log(bounced)).extracting(ConsentRecord::kind).containsExactly(GIVEN);
    assertThat(log(stopped)).extracting(ConsentRecord::kind).containsExactly(GIVEN, WITHDRAWN);
  }

  @Test
  void aChangeOfWishesIsNoConsentANewAddressIs() {
    int id = records.create(email().put("consent", consent("contract", LAST_YEAR)));

    patch(id, new JsonObject().put("locale", "de"));
    assertThat(log(id)).hasSize(1);

    patch(id, new JsonObject().put("address", "other@example.com"));
    assertThat(log(id).getLast().evidence()).isEqualTo(Evidence.vouched("api:ops"));
    assertThat(records.subscribers.get(id).await().consent().source()).isEqualTo("api:ops");
  }

  @Test
  void aPatchedConsentIsOneMore() {
    int id = records.create(email());

    patch(id, new JsonObject().put("consent", consent("paper form", LAST_YEAR)));

    assertThat(log(id))
        .extracting(it -> it.evidence().source())
        .containsExactly("test", "paper form");
  }

  @Test
  void whatWasWrittenCannotBeChanged() {
    records.email("ada@example.com");

    assertThatThrownBy(
            () -> records.pool.query("update consent set source = 'forged'").execute().await())
        .hasMessageContaining("append-only");
  }

  @Test
  void aConsentWithAllItsProofComesBackAsItWas() {
    var whole =
        new ConsentRecord(
            7,
            GIVEN,
            Channel.EMAIL,
            new Wording("sign-up", 3),
            Evidence.request("form", "2001:db8::1", "Mozilla/5.0"),
            new OptInReference(12, LAST_YEAR.minusSeconds(60)),
            LAST_YEAR);

    records.pool.withTransaction(transaction -> ConsentLog.append(transaction, whole)).await();

    assertThat(log(7)).containsExactly(whole);
  }

  @Test
  void hostileEvidenceIsCutAndKept() {
    var hostile = Evidence.request("form", "x".repeat(1_000), "\0" + "\uD83D\uDE00".repeat(1_000));
    var record = new ConsentRecord(7, GIVEN, Channel.SMS, null, hostile, null, LAST_YEAR);

    records.pool.withTransaction(transaction -> ConsentLog.append(transaction, record)).await();

    assertThat(log(7)).containsExactly(record);
    assertThat(hostile.ip()).hasSize(45);
    assertThat(hostile.userAgent()).startsWith(" ").endsWith("\uD83D\uDE00");
  }

  private void patch(int id, JsonObject patch) {
    records.subscribers.patch(id, patch, "api:ops").await();
  }

  private List<ConsentRecord> log(int id) {
    return records.consents.of(id, 0, 100).await().stream().map(LoggedConsent::consent).toList();
  }

  private static JsonObject email() {
    return new JsonObject().put("channel", "email").put("address", "ada@example.com");
  }

  private static JsonObject sms() {
    return new JsonObject().put("channel", "sms").put("address", "+15005550006");
  }

  private static JsonObject consent(String source, Instant at) {
    return new JsonObject().put("source", source).put("at", at.toString());
  }
}
