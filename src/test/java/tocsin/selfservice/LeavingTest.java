package tocsin.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Evidence;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.Records;
import tocsin.audience.Standing;
import tocsin.selfservice.Leaving.Step;

class LeavingTest {
  private static final Evidence EVIDENCE = Evidence.request("link", "203.0.113.7", "Mail/1.0");
  private Records records;
  private Leaving leaving;

  @BeforeEach
  void open() {
    records = new Records();
    leaving = new Leaving(records.pool);
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void oneReaderLeavesAtOnceAndTheirRequestIsTheProof() {
    int reader = records.email("reader@example.com");

    assertThat(leaving.leave(reader, EVIDENCE).await()).isEqualTo(Step.LEFT);
    assertThat(leaving.leave(reader, EVIDENCE).await()).isEqualTo(Step.LEFT);

    assertThat(standing(reader)).isEqualTo(Standing.UNSUBSCRIBED);
    assertThat(
            records
                .pool
                .query(
                    "select from consent where kind = 'withdrawn' and ip = '203.0.113.7'"
                        + " and source = 'link'")
                .execute()
                .await()
                .size())
        .isEqualTo(1);
  }

  @Test
  void oneReaderOfASharedMailboxOnlyHasASecondLinkSentToItOnce() {
    int team = shared("team@example.com");

    assertThat(leaving.leave(team, EVIDENCE).await()).isEqualTo(Step.ASKED);
    assertThat(leaving.leave(team, EVIDENCE).await()).isEqualTo(Step.ASKED);

    assertThat(standing(team)).isEqualTo(Standing.ACTIVE);
    assertThat(secondLinks()).containsExactly("team@example.com");
  }

  @Test
  void theSecondLinkEndsItForAllAsLongAsItIsNotRevoked() {
    int team = shared("team@example.com");

    assertThat(leaving.leaveAsAWhole(new Link(team, 1), EVIDENCE).await()).isFalse();
    assertThat(standing(team)).isEqualTo(Standing.ACTIVE);

    assertThat(leaving.leaveAsAWhole(new Link(team, 0), EVIDENCE).await()).isTrue();
    assertThat(leaving.leaveAsAWhole(new Link(team, 0), EVIDENCE).await()).isTrue();
    assertThat(standing(team)).isEqualTo(Standing.UNSUBSCRIBED);
    assertThat(leaving.leave(team, EVIDENCE).await()).isEqualTo(Step.LEFT);
    assertThat(secondLinks()).isEmpty();
  }

  @Test
  void whoWasDeletedAndLeavesIsNotImportedAgainWithoutAConsent() {
    int reader = records.email("reader@example.com");
    records.subscribers.delete(reader, "api:test").await();

    assertThat(leaving.leave(reader, EVIDENCE).await()).isEqualTo(Step.LEFT);

    assertThat(standing(reader)).isEqualTo(Standing.UNSUBSCRIBED);
    assertThatThrownBy(() -> records.email("reader@example.com"))
        .hasMessageContaining("has unsubscribed");
  }

  @Test
  void whoIsGoneHasLeft() {
    assertThat(leaving.leave(4711, EVIDENCE).await()).isEqualTo(Step.LEFT);
    assertThat(leaving.leaveAsAWhole(new Link(4711, 0), EVIDENCE).await()).isFalse();
  }

  private int shared(String address) {
    return records.create(
        new JsonObject().put("channel", "email").put("address", address).put("shared", true));
  }

  private Standing standing(int subscriber) {
    return records.subscribers.get(subscriber).await().standing();
  }

  private List<String> secondLinks() {
    return new Notices(records.pool)
        .claim(9, Duration.ofMinutes(1)).await().stream().map(Notice::address).toList();
  }
}
