package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;

/** What is written when, and which mail each reply is for. */
class TransferTest {
  private static final Extensions PIPELINING = new Extensions(Map.of("PIPELINING", ""));
  private static final Extensions CHUNKING =
      new Extensions(Map.of("PIPELINING", "", "CHUNKING", ""));

  private final FakeWire wire = new FakeWire();
  private final FakeOutbox outbox = new FakeOutbox();

  @Test
  void sendsTheEndOfAMailAndTheNextEnvelopeTogether() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(PIPELINING);
    assertThat(wire.drained()).isEqualTo(envelope(1) + "DATA\r\n");

    replies(transfer, "250 ok", "250 ok", "354 go");
    assertThat(wire.writes()).containsExactly(content(1) + ".\r\n" + envelope(2) + "DATA\r\n");
    wire.drained();

    replies(transfer, "250 queued as A", "250 ok", "250 ok", "354 go");
    assertThat(wire.drained()).isEqualTo(content(2) + ".\r\n");

    replies(transfer, "250 queued as B");
    assertThat(outcome(first)).isEqualTo(new Sent("A"));
    assertThat(outcome(second)).isEqualTo(new Sent("B"));
    assertThat(transfer.isResting()).isTrue();
  }

  @Test
  void saysOneThingAtATimeToAServerWithoutPipelining() {
    Letter letter = outbox.add(1);
    Transfer transfer = begun(Extensions.NONE);
    assertThat(wire.drained()).isEqualTo("MAIL FROM:<bounces@example.com>\r\n");
    replies(transfer, "250 ok");
    assertThat(wire.drained()).isEqualTo("RCPT TO:<a1@example.org>\r\n");
    replies(transfer, "250 ok");
    assertThat(wire.drained()).isEqualTo("DATA\r\n");
    replies(transfer, "354 go");
    assertThat(wire.drained()).isEqualTo(content(1) + ".\r\n");
    replies(transfer, "250 queued as A");
    assertThat(outcome(letter)).isEqualTo(new Sent("A"));
  }

  @Test
  void sendsSeveralWholeMailsAtATimeAsChunks() {
    for (int i = 1; i <= 6; i++) {
      outbox.add(i);
    }
    Transfer transfer = begun(CHUNKING);
    assertThat(wire.writes())
        .containsExactly(
            chunk(1), "RSET\r\n" + chunk(2), "RSET\r\n" + chunk(3), "RSET\r\n" + chunk(4));
    wire.drained();

    replies(transfer, "250 ok", "250 ok", "250 queued as A");
    assertThat(wire.drained()).isEqualTo("RSET\r\n" + chunk(5));
  }

  @Test
  void clearsWhatARefusedRecipientLeavesBehind() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(PIPELINING);
    wire.drained();

    replies(transfer, "250 ok", "550 5.1.1 user unknown", "554 no valid recipients");
    assertThat(outcome(first)).isEqualTo(new Rejected(Reason.ADDRESS, "550 5.1.1 user unknown"));
    assertThat(wire.drained()).isEqualTo("RSET\r\n" + envelope(2) + "DATA\r\n");

    replies(transfer, "250 flushed", "250 ok", "250 ok", "354 go", "250 queued as B");
    assertThat(outcome(second)).isEqualTo(new Sent("B"));
  }

  @Test
  void sendsNoContentToAServerThatWantsItThoughItRefusedTheRecipient() {
    Letter first = outbox.add(1);
    outbox.add(2);
    Transfer transfer = begun(PIPELINING);
    wire.drained();

    replies(transfer, "250 ok", "550 5.1.1 user unknown", "354 go on");
    assertThat(outcome(first)).isEqualTo(new Rejected(Reason.ADDRESS, "550 5.1.1 user unknown"));
    assertThat(wire.drained()).isEqualTo(".\r\n");
    replies(transfer, "554 no valid recipients");
    assertThat(wire.drained()).isEqualTo("RSET\r\n" + envelope(2) + "DATA\r\n");
  }

  @Test
  void asksNothingMoreOfARecipientThatWasRefusedWithoutPipelining() {
    outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(Extensions.NONE);
    replies(transfer, "250 ok");
    wire.drained();

    replies(transfer, "550 5.1.1 user unknown");
    assertThat(wire.drained()).isEqualTo("RSET\r\n");
    replies(transfer, "250 ok");
    assertThat(wire.drained()).isEqualTo("MAIL FROM:<bounces@example.com>\r\n");
    assertThat(second.outcome().isComplete()).isFalse();
  }

  @Test
  void leavesBeforeTheServerCutsItForTheRecipientsThatItRefused() {
    for (int i = 1; i <= 12; i++) {
      outbox.add(i);
    }
    Transfer transfer = begun(CHUNKING);
    for (int i = 0; i < 6; i++) {
      replies(transfer, "250 ok", "550 5.1.1 user unknown", "503 no recipient", "250 flushed");
    }
    wire.drained();

    replies(transfer, "250 ok", "550 5.1.1 user unknown", "503 no recipient", "250 flushed");
    assertThat(wire.drained()).isEmpty();
    replies(transfer, "250 ok", "250 ok", "250 queued as A", "250 flushed");
    replies(transfer, "250 ok", "250 ok", "250 queued as B", "250 flushed");
    replies(transfer, "250 ok", "250 ok", "250 queued as C");
    assertThat(wire.drained()).isEqualTo("QUIT\r\n");
    assertThat(outbox.next()).isNotNull();
  }

  @Test
  void resetsNothingWhereTheSenderWasRefused() {
    outbox.add(1);
    outbox.add(2);
    Transfer transfer = begun(PIPELINING);
    wire.drained();

    replies(transfer, "451 not now", "503 no sender", "503 no sender");
    assertThat(wire.drained()).isEqualTo(envelope(2) + "DATA\r\n");
  }

  @Test
  void doesNotKnowWhatBecameOfAMailThatIsLostWithItsFinalDot() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(PIPELINING);
    replies(transfer, "250 ok", "250 ok", "354 go");

    transfer.lost(Loss.CUT);

    assertReason(first, Reason.UNKNOWN);
    assertThat(outbox.returned()).containsExactly(second);
  }

  @Test
  void knowsThatAMailWasNotTakenWhoseEndNeverLeft() {
    Letter letter = outbox.add(1);
    Transfer transfer = begun(PIPELINING);
    replies(transfer, "250 ok", "250 ok", "354 go");
    wire.congested();

    transfer.lost(Loss.SILENCE);

    assertReason(letter, Reason.TIMEOUT);
  }

  @Test
  void doesNotKnowWhatBecameOfAnyChunkThatHasNoReply() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(CHUNKING);

    transfer.lost(Loss.CUT);

    assertReason(first, Reason.UNKNOWN);
    assertReason(second, Reason.UNKNOWN);
  }

  @Test
  void givesBackWhatAServerDidNotHearBeforeItHungUp() {
    outbox.add(1);
    Transfer transfer = begun(PIPELINING);
    replies(transfer, "250 ok", "250 ok", "354 go", "250 queued as A");
    Letter second = outbox.add(2);
    transfer.work();

    transfer.lost(Loss.CUT);

    assertThat(outbox.returned()).containsExactly(second);
  }

  @Test
  void holdsThe421OfABusyConnectionAgainstNobody() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(PIPELINING);
    replies(transfer, "250 ok", "250 ok", "354 go", "250 queued as A", "421 4.7.0 enough for now");

    assertThat(outcome(first)).isEqualTo(new Sent("A"));
    assertThat(outbox.returned()).containsExactly(second);
    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void takesThe421OnItsFirstMailForAnAnswer() {
    Letter letter = outbox.add(1);
    Transfer transfer = begun(PIPELINING);

    replies(transfer, "421 4.3.2 closing");

    assertReason(letter, Reason.UNAVAILABLE);
    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void leavesAConnectionThatTakesNoMoreMailsForAnother() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Letter third = outbox.add(3);
    Transfer transfer = begun(PIPELINING);
    replies(transfer, "250 ok", "250 ok", "354 go", "250 queued as A");
    wire.drained();

    replies(transfer, "452 4.5.3 too many messages", "503 no sender", "503 no sender");

    assertThat(outcome(first)).isEqualTo(new Sent("A"));
    assertThat(outbox.returned()).containsExactly(second);
    assertThat(outbox.next()).isSameAs(third);
    assertThat(wire.drained()).isEqualTo("QUIT\r\n");
  }

  @Test
  void leavesItAlsoWhereMailsGoOneCommandAtATime() {
    outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(Extensions.NONE);
    replies(transfer, "250 ok", "250 ok", "354 go", "250 queued as A");
    wire.drained();

    replies(transfer, "452 4.5.3 too many messages");

    assertThat(outbox.returned()).containsExactly(second);
    assertThat(wire.drained()).isEqualTo("QUIT\r\n");
  }

  @Test
  void givesBackEachChunkThatWasTurnedAway() {
    outbox.add(1);
    Letter second = outbox.add(2);
    Letter third = outbox.add(3);
    Transfer transfer = begun(CHUNKING);
    replies(transfer, "250 ok", "250 ok", "250 queued as A");
    wire.drained();

    replies(transfer, "250 flushed", "452 too many", "503 no sender", "503 no sender");
    replies(transfer, "250 flushed", "452 too many", "503 no sender");
    assertThat(wire.drained()).isEmpty();
    replies(transfer, "503 no sender");

    assertThat(outbox.returned()).containsExactly(second, third);
    assertThat(wire.drained()).isEqualTo("QUIT\r\n");
  }

  @Test
  void takesWhatRefusesItsFirstSenderForAnAnswer() {
    Letter first = outbox.add(1);
    Letter second = outbox.add(2);
    Transfer transfer = begun(PIPELINING);

    replies(transfer, "452 4.3.1 no room", "503 no sender", "503 no sender");
    replies(transfer, "452 4.3.1 no room", "503 no sender", "503 no sender");

    assertReason(first, Reason.UNAVAILABLE);
    assertReason(second, Reason.UNAVAILABLE);
    assertThat(outbox.returned()).isEmpty();
  }

  @Test
  void takesItForAnAnswerWhereTheMailWasGivenBackTwice() {
    outbox.add(1);
    Letter second = outbox.add(2);
    second.giveBack();
    second.giveBack();
    Transfer transfer = begun(PIPELINING);
    replies(transfer, "250 ok", "250 ok", "354 go", "250 queued as A");

    replies(transfer, "452 4.3.1 no room", "503 no sender", "503 no sender");

    assertReason(second, Reason.UNAVAILABLE);
    assertThat(outbox.returned()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"354 go", "251 forwarded"})
  void trustsNothingAfterAReplyThatFitsNothing(String reply) {
    Letter letter = outbox.add(1);
    Transfer transfer = begun(PIPELINING);
    String[] upToIt = reply.startsWith("354") ? new String[] {} : new String[] {"250 ok", "250 ok"};
    replies(transfer, upToIt);

    replies(transfer, reply);

    assertThat(letter.outcome().isComplete()).isTrue();
    assertThat(outcome(letter)).isInstanceOf(Deferred.class);
    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void closesAConnectionOnWhichTheServerSpeaksUnasked() {
    Transfer transfer = begun(PIPELINING);

    replies(transfer, "250 surprise");

    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void saysGoodbyeWhenTheMailUnderWayIsThrough() {
    Letter letter = outbox.add(1);
    Transfer transfer = begun(PIPELINING);
    wire.drained();
    transfer.leave();
    outbox.add(2);
    replies(transfer, "250 ok", "250 ok", "354 go");
    assertThat(wire.drained()).isEqualTo(content(1) + ".\r\n");

    replies(transfer, "250 queued as A");
    assertThat(outcome(letter)).isEqualTo(new Sent("A"));
    assertThat(wire.drained()).isEqualTo("QUIT\r\n");

    replies(transfer, "221 bye");
    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void carriesAThousandMailsAndLeaves() {
    for (int i = 1; i <= 1001; i++) {
      outbox.add(i);
    }
    Transfer transfer = begun(PIPELINING);
    for (int i = 1; i <= 1000; i++) {
      replies(transfer, "250 ok", "250 ok", "354 go");
      wire.drained();
      replies(transfer, "250 queued as A");
    }
    assertThat(wire.drained()).isEqualTo("QUIT\r\n");
    assertThat(outbox.next()).isNotNull();
  }

  @Test
  void namesTheSizeAndAsksForReportsWhereItIsHeard() {
    outbox.add(1);
    begun(new Extensions(Map.of("PIPELINING", "", "SIZE", "100000", "DSN", "", "8BITMIME", "")));

    assertThat(wire.drained())
        .isEqualTo(
            "MAIL FROM:<bounces@example.com> SIZE="
                + content(1).length()
                + " RET=HDRS ENVID="
                + Mails.to("a@example.org", 1).id()
                + "\r\nRCPT TO:<a1@example.org> NOTIFY=FAILURE,DELAY\r\nDATA\r\n");
  }

  @Test
  void saysThatAMailIsInUnicodeWhereItIs() {
    outbox.add("jörg@example.org", 1);
    begun(new Extensions(Map.of("PIPELINING", "", "SMTPUTF8", "", "8BITMIME", "")));

    assertThat(wire.drained())
        .startsWith("MAIL FROM:<bounces@example.com> SMTPUTF8\r\nRCPT TO:<j\u00c3\u00b6rg@");
  }

  @Test
  void doesNotSendWhatIsLargerThanTheServerTakes() {
    Letter letter = outbox.add(1);
    begun(new Extensions(Map.of("PIPELINING", "", "SIZE", "10")));

    assertThat(outcome(letter)).isInstanceOf(Rejected.class);
    assertThat(wire.drained()).isEmpty();
  }

  private Transfer begun(Extensions offered) {
    Transfer transfer = new Transfer(wire, outbox, offered);
    transfer.work();
    return transfer;
  }

  private static void replies(Transfer transfer, String... replies) {
    for (String reply : replies) {
      transfer.replied(
          new Reply(Integer.parseInt(reply.substring(0, 3)), List.of(reply.substring(4))));
    }
  }

  private static String envelope(int subscriber) {
    return "MAIL FROM:<bounces@example.com>\r\nRCPT TO:<a" + subscriber + "@example.org>\r\n";
  }

  private static String chunk(int subscriber) {
    String content = content(subscriber);
    return envelope(subscriber) + "BDAT " + content.length() + " LAST\r\n" + content;
  }

  private static String content(int subscriber) {
    return new String(
        Mails.to("a@example.org", subscriber).content().toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static Outcome outcome(Letter letter) {
    return letter.outcome().isComplete()
        ? letter.outcome().result()
        : new Deferred(Reason.INTERNAL, "none yet", null);
  }

  private static void assertReason(Letter letter, Reason reason) {
    assertThat(outcome(letter))
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(reason));
  }
}
