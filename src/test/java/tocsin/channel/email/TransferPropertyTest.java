package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;

/** Whatever a server refuses, and however its replies arrive, each is taken for its own mail's. */
class TransferPropertyTest {
  private static final int MAILS = 60;

  static LongStream seeds() {
    return new Random().longs(40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverTakesAReplyForAnotherMails(long seed) throws Exception {
    Random random = new Random(seed);
    Session session = new Session(random, offered(random));
    session.send(MAILS, 0);

    assertThat(session.sent()).containsExactlyInAnyOrderElementsOf(session.taken).isNotEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverTakesALostMailForOneThatWasNotSentOrTheOtherWayRound(long seed) throws Exception {
    Random random = new Random(seed);
    Session session = new Session(random, offered(random));
    session.send(MAILS, 8);

    assertThat(session.taken).doesNotHaveDuplicates();
    assertThat(session.taken).containsAll(session.sent());
    for (String taken : session.taken) {
      assertThat(session.sent().contains(taken) || session.unknown().contains(taken))
          .as("%s was taken", taken)
          .isTrue();
    }
  }

  private static Extensions offered(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Extensions.NONE;
      case 1 -> new Extensions(Map.of("PIPELINING", ""));
      default -> new Extensions(Map.of("PIPELINING", "", "CHUNKING", ""));
    };
  }

  /** Mails over one connection after the other, as far as each of them carries. */
  private static final class Session {
    private final Random random;
    private final Extensions offered;
    private final FakeOutbox outbox = new FakeOutbox();
    private final List<Letter> letters = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private FakeWire wire = new FakeWire();
    private Transfer transfer;
    private RelayModel server;

    Session(Random random, Extensions offered) {
      this.random = random;
      this.offered = offered;
      connect();
    }

    private void connect() {
      wire = new FakeWire();
      transfer = new Transfer(wire, outbox, offered);
      server = new RelayModel(random, taken);
    }

    /**
     * @param cuts so many connections of a hundred steps are cut, in the middle of what is said
     */
    void send(int mails, int cuts) throws Exception {
      while (letters.size() < mails || letters.stream().anyMatch(Session::isOpen)) {
        for (int i = random.nextInt(4); i > 0 && letters.size() < mails; i--) {
          letters.add(outbox.add(letters.size() + 1));
        }
        transfer.work();
        String said = wire.drained();
        boolean isCut = random.nextInt(100) < cuts;
        Buffer replies =
            server.hear(isCut ? said.substring(0, random.nextInt(said.length() + 1)) : said);
        read(isCut ? replies.slice(0, random.nextInt(replies.length() + 1)) : replies);
        if (isCut) {
          transfer.lost(Loss.CUT);
        }
        if (isCut || wire.isClosed()) {
          outbox.waitAgain();
          connect();
        }
      }
    }

    private void read(Buffer replies) throws Exception {
      ReplyReader reader = new ReplyReader(transfer::replied);
      for (int from = 0; from < replies.length(); ) {
        int to = Math.min(replies.length(), from + 1 + random.nextInt(40));
        reader.read(replies.slice(from, to));
        from = to;
      }
    }

    private static boolean isOpen(Letter letter) {
      return !letter.outcome().isComplete();
    }

    List<String> sent() {
      List<String> sent = new ArrayList<>();
      for (Letter letter : letters) {
        if (letter.outcome().result() instanceof Sent(String queueId)) {
          assertThat(queueId).isEqualTo(letter.mail().id().toString());
          sent.add(letter.mail().recipient() + " " + queueId);
        }
      }
      return sent;
    }

    List<String> unknown() {
      return letters.stream()
          .filter(letter ->
              letter.outcome().result() instanceof Deferred deferred
                  && deferred.reason() == Reason.UNKNOWN)
          .map(letter -> letter.mail().recipient() + " " + letter.mail().id())
          .toList();
    }
  }
}
