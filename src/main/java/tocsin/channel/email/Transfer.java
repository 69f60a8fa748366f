package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;

/**
 * Mails over one connection, as fast as the server's extensions allow: with CHUNKING several whole
 * mails are on their way at a time; with PIPELINING (RFC 2920) the end of a mail and the envelope
 * of the next leave together, a round trip a mail; else one command at a time. Replies come in the
 * order of the commands, so each is matched with the oldest command that has none.
 */
final class Transfer implements Stage {
  private static final int CHUNKS_AT_A_TIME = 4;
  private static final int MOST_MAILS = 1000;

  /**
   * Each costs a reset that follows no accepted mail. Exim cuts the connection at the eleventh and
   * loses what is under way; Postfix answers late after ten. Three may be on their way already.
   */
  private static final int MOST_REFUSED = 7;

  private final Wire wire;
  private final Outbox outbox;
  private final Extensions offered;
  private final Deque<Command> unsent = new ArrayDeque<>();
  private final Deque<Command> unanswered = new ArrayDeque<>();
  private State state = State.SENDING;
  private int mails;
  private int refused;
  private boolean hasEndedOne;
  private boolean hasSentOne;
  private boolean needsReset;

  private enum State {
    SENDING,
    /** Takes no more mails, says goodbye when the last is through. */
    LEAVING,
    /** The goodbye is out, or the connection is gone. */
    GONE
  }

  Transfer(Wire wire, Outbox outbox, Extensions offered) {
    this.wire = wire;
    this.outbox = outbox;
    this.offered = offered;
  }

  /** There may be something to send. */
  void work() {
    if (offered.pipelining() && offered.chunking()) {
      while (chunks() < CHUNKS_AT_A_TIME && !wire.isCongested()) {
        if (!begin()) {
          break;
        }
        flush();
      }
    } else if (isResting()) {
      begin();
    }
    flush();
  }

  /** Nothing is on its way, in either direction. */
  boolean isResting() {
    return unsent.isEmpty() && unanswered.isEmpty() && state == State.SENDING;
  }

  /** Ends with what is under way, and a QUIT. */
  void leave() {
    if (state == State.SENDING) {
      state = State.LEAVING;
      quitWhenDone();
      flush();
    }
  }

  @Override
  public boolean isWaiting() {
    return !unanswered.isEmpty();
  }

  @Override
  public void replied(Reply reply) {
    Command asked = unanswered.poll();
    if (asked == null || reply.isGoodbye()) {
      farewell(asked, reply);
      return;
    }
    Transaction transaction = asked.transaction();
    if (transaction == null) {
      if (state == State.GONE) {
        wire.close();
        return;
      }
    } else {
      switch (asked.phase()) {
        case MAIL, RCPT -> addressed(transaction, asked.phase(), reply);
        case DATA -> invited(transaction, reply);
        default -> handedOver(transaction, reply);
      }
    }
    if (state == State.GONE) {
      return;
    }
    work();
    quitWhenDone();
    flush();
  }

  @Override
  public void lost(Loss loss) {
    state = State.GONE;
    Set<Transaction> handedOver = new LinkedHashSet<>();
    Set<Transaction> open = new LinkedHashSet<>();
    for (Command command : unanswered) {
      if (command.transaction() != null) {
        (command.phase() == Phase.CONTENT ? handedOver : open).add(command.transaction());
      }
    }
    for (Command command : unsent) {
      if (command.transaction() != null) {
        open.add(command.transaction());
      }
    }
    open.removeAll(handedOver);
    unanswered.clear();
    unsent.clear();
    boolean isCutShort = handedOver.size() == 1 && !wire.hasTakenAll();
    Phase reached = isCutShort ? Phase.DATA : Phase.CONTENT;
    handedOver.forEach(transaction -> endOrRefuse(transaction, loss.outcome(reached)));
    open.forEach(transaction -> returnToSender(transaction, loss.outcome(Phase.MAIL)));
  }

  private int chunks() {
    int chunks = 0;
    for (Command command : unanswered) {
      if (command.phase() == Phase.CONTENT) {
        chunks++;
      }
    }
    return chunks;
  }

  /** Takes the next letter that this server takes; false if there is none. */
  private boolean begin() {
    if (state != State.SENDING || hasHadItsShare()) {
      return false;
    }
    Letter letter = outbox.next();
    while (letter != null) {
      Outcome refusal = refusal(letter);
      if (refusal == null) {
        begin(new Transaction(letter));
        return true;
      }
      letter.end(refusal);
      letter = outbox.next();
    }
    return false;
  }

  private boolean hasHadItsShare() {
    return mails >= MOST_MAILS || refused >= MOST_REFUSED;
  }

  private @Nullable Outcome refusal(Letter letter) {
    if (Envelope.needsSmtpUtf8(letter.mail()) && !offered.smtpUtf8()) {
      return new Rejected(Reason.CAPABILITY, "the mail server does not offer SMTPUTF8");
    }
    return offered.takes(letter.mail().content().size())
        ? null
        : new Rejected(Reason.CONTENT, "larger than the mail server takes");
  }

  /** What precedes it may still fail, and then the server would take its envelope for ours. */
  private void begin(Transaction transaction) {
    boolean chunked = offered.pipelining() && offered.chunking();
    if (needsReset || (chunked && !unanswered.isEmpty())) {
      unsent.add(Command.upkeep("RSET\r\n"));
      needsReset = false;
    }
    var mail = transaction.letter().mail();
    unsent.add(Command.of(Phase.MAIL, transaction, Envelope.mail(mail, offered)));
    unsent.add(Command.of(Phase.RCPT, transaction, Envelope.rcpt(mail, offered)));
    unsent.add(
        chunked ? Command.chunk(transaction) : Command.of(Phase.DATA, transaction, "DATA\r\n"));
    mails++;
  }

  private void flush() {
    if (unsent.isEmpty() || (!offered.pipelining() && !unanswered.isEmpty())) {
      return;
    }
    int leaving = offered.pipelining() ? unsent.size() : 1;
    int size = 0;
    for (Command command : unsent) {
      size += command.size();
    }
    Buffer octets = Buffer.buffer(size);
    for (int i = 0; i < leaving; i++) {
      Command command = unsent.remove();
      command.appendTo(octets);
      unanswered.add(command);
    }
    wire.write(octets);
  }

  private void addressed(Transaction transaction, Phase phase, Reply reply) {
    if (reply.isRefusal()) {
      refused += transaction.refusal() == null ? 1 : 0;
      transaction.refused(reply, phase);
      if (unsent.removeIf(command -> transaction.equals(command.transaction()))) {
        end(transaction);
      }
    } else if (!reply.isPositive()) {
      confused(transaction, reply);
    } else if (phase == Phase.MAIL) {
      transaction.opened();
    }
  }

  private void invited(Transaction transaction, Reply reply) {
    if (reply.isRefusal()) {
      transaction.refused(reply, Phase.DATA);
      end(transaction);
    } else if (reply.code() != 354) {
      confused(transaction, reply);
    } else if (transaction.refusal() != null) {
      // a server may want the content of a mail whose recipient it has refused (RFC 2920, 3.1)
      unsent.add(Command.upkeep(".\r\n"));
      end(transaction);
    } else {
      unsent.add(Command.dotted(transaction));
      if (offered.pipelining()) {
        begin();
      }
    }
  }

  private void handedOver(Transaction transaction, Reply reply) {
    if (reply.isRefusal()) {
      needsReset = true;
      transaction.refused(reply, Phase.CONTENT);
      end(transaction);
    } else if (reply.isPositive() && transaction.refusal() == null) {
      hasSentOne = true;
      end(transaction, new Sent(reply.queueId()));
    } else {
      confused(transaction, reply);
    }
  }

  private void end(Transaction transaction) {
    needsReset |= transaction.isOpen();
    if (hasSentOne && transaction.isTurnedAway() && state == State.SENDING) {
      state = State.LEAVING;
    }
    returnToSender(transaction, new Deferred(Reason.UNKNOWN, "no reply tells", null));
  }

  private void endOrRefuse(Transaction transaction, Outcome otherwise) {
    Outcome refusal = transaction.refusal();
    end(transaction, refusal == null ? otherwise : refusal);
  }

  private void end(Transaction transaction, Outcome outcome) {
    hasEndedOne = true;
    transaction.letter().end(outcome);
  }

  /** A reply that fits nothing that was asked: whatever it means, no other mail may rest on it. */
  private void confused(Transaction transaction, Reply reply) {
    end(transaction, new Deferred(Reason.UNKNOWN, "unexpected: " + reply.detail(), null));
    lost(new Loss(Reason.CONNECTION, "unexpected: " + reply.detail()));
    wire.close();
  }

  private void farewell(@Nullable Command asked, Reply reply) {
    Transaction transaction = asked == null ? null : asked.transaction();
    if (asked != null && transaction != null) {
      Outcome outcome = Replies.refusal(reply, asked.phase());
      if (asked.phase() == Phase.CONTENT) {
        end(transaction, outcome);
      } else {
        unanswered.removeIf(command -> transaction.equals(command.transaction()));
        returnToSender(transaction, outcome);
      }
    }
    lost(new Loss(Reason.CONNECTION, reply.detail()));
    wire.close();
  }

  /**
   * What a connection that has worked for others says at its end is not about this mail; nor that
   * it takes no more of them, as some servers say after a hundred.
   */
  private void returnToSender(Transaction transaction, Outcome otherwise) {
    boolean isAboutConnection =
        transaction.isTurnedAway() ? hasSentOne : transaction.refusal() == null && hasEndedOne;
    if (isAboutConnection && transaction.letter().giveBack()) {
      outbox.giveBack(transaction.letter());
    } else {
      endOrRefuse(transaction, otherwise);
    }
  }

  private void quitWhenDone() {
    if (state == State.SENDING && hasHadItsShare()) {
      state = State.LEAVING;
    }
    if (state == State.LEAVING && unanswered.isEmpty() && unsent.isEmpty()) {
      state = State.GONE;
      unsent.add(Command.upkeep("QUIT\r\n"));
    }
  }
}
