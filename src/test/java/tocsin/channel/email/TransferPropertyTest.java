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
import tocsin.channel.Outcome;
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
    Extensions offered =
        switch (random.nextInt(3)) {
          case 0 -> Extensions.NONE;
          case 1 -> new Extensions(Map.of("PIPELINING", ""));
          default -> new Extensions(Map.of("PIPELINING", "", "CHUNKING", ""));
        };
    FakeWire wire = new FakeWire();
    FakeOutbox outbox = new FakeOutbox();
    RelayModel server = new RelayModel(random);
    List<Letter> letters = new ArrayList<>();
    Transfer transfer = new Transfer(wire, outbox, offered);
    ReplyReader reader = new ReplyReader(transfer::replied);

    while (letters.size() < MAILS || !transfer.isResting()) {
      for (int i = random.nextInt(4); i > 0 && letters.size() < MAILS; i--) {
        letters.add(outbox.add(letters.size() + 1));
      }
      transfer.work();
      Buffer replies = server.hear(wire.drained());
      for (int from = 0; from < replies.length(); ) {
        int to = Math.min(replies.length(), from + 1 + random.nextInt(40));
        reader.read(replies.slice(from, to));
        from = to;
      }
    }

    List<String> sent = new ArrayList<>();
    for (Letter letter : letters) {
      Outcome outcome = letter.outcome().getNow(new Deferred(Reason.INTERNAL, "none", null));
      assertThat(letter.outcome()).isDone();
      if (outcome instanceof Sent(String queueId)) {
        assertThat(queueId).isEqualTo(letter.mail().id().toString());
        sent.add(letter.mail().recipient() + " " + queueId);
      }
    }
    assertThat(sent).containsExactlyInAnyOrderElementsOf(server.taken()).isNotEmpty();
  }
}
