package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.audience.SuppressionReason.BOUNCE;
import static tocsin.audience.SuppressionReason.COMPLAINT;
import static tocsin.audience.SuppressionReason.ERASED;
import static tocsin.audience.SuppressionReason.MANUAL;

import io.vertx.core.json.JsonObject;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/** Who is on the list stays off the others, until they come back by themselves. */
class SuppressionsTest {
  private static final Address ADA =
      new Address(Channel.EMAIL, "Ada@example.com", "ada@example.com");
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
  void aSuppressedAddressCannotBecomeASubscriberInAnySpelling() {
    add(BOUNCE);

    Problem problem = refusal(() -> records.email("ADA@EXAMPLE.COM"));

    assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
    assertThat(problem.detail()).contains("suppression list (bounce)").doesNotContain("ADA");
  }

  @Test
  void noSubscriberMovesToASuppressedAddress() {
    int id = records.email("grace@example.com");
    add(COMPLAINT);
    JsonObject patch = new JsonObject().put("address", "ada@example.com");

    Problem problem = refusal(() -> records.subscribers.patch(id, patch, "api:test").await());

    assertThat(problem.detail()).contains("suppression list (complaint)");
  }

  @Test
  void anotherChannelIsAnotherAddress() {
    add(BOUNCE);

    assertThat(isSuppressed(new Address(Channel.WEBHOOK, ADA.text(), ADA.key()))).isFalse();
  }

  @Test
  void thePersonsOwnOptInLiftsItButNotTheOperatorsDecision() {
    add(BOUNCE);
    assertThat(lift()).isTrue();
    assertThat(isSuppressed(ADA)).isFalse();

    add(MANUAL);
    add(COMPLAINT);
    assertThat(lift()).isFalse();
    assertThat(isSuppressed(ADA)).isTrue();
  }

  @Test
  void afterAnErasureOnlyTheHashIsLeft() {
    add(MANUAL);
    add(ERASED);
    add(BOUNCE);

    Suppression entry = records.suppressions.find(records.pool, ADA).await().orElseThrow();

    assertThat(entry.address()).isNull();
    assertThat(entry.reason()).isEqualTo(MANUAL);
    assertThat(isSuppressed(ADA)).isTrue();
  }

  private void add(SuppressionReason reason) {
    records.suppressions.add(records.pool, ADA, reason, "test").await();
  }

  private boolean lift() {
    return records.suppressions.lift(records.pool, ADA).await();
  }

  private boolean isSuppressed(Address address) {
    return records.suppressions.isSuppressed(records.pool, address).await();
  }

  private static Problem refusal(Runnable attempt) {
    return Assertions.catchThrowableOfType(ProblemException.class, attempt::run).problem();
  }
}
