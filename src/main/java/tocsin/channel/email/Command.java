package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a mail server, and gets one reply.
 *
 * @param transaction null for what is about the connection
 * @param words before the content, line ends included
 * @param tail after the content
 */
record Command(Phase phase, @Nullable Transaction transaction, String words, String tail) {

  static Command of(Phase phase, Transaction transaction, String words) {
    return new Command(phase, transaction, words, "");
  }

  static Command upkeep(String words) {
    return new Command(Phase.UPKEEP, null, words, "");
  }

  /** The content after a 354. */
  static Command dotted(Transaction transaction) {
    return new Command(Phase.CONTENT, transaction, "", ".\r\n");
  }

  /** The content as one chunk (RFC 3030). */
  static Command chunk(Transaction transaction) {
    String words = "BDAT " + transaction.letter().mail().content().size() + " LAST\r\n";
    return new Command(Phase.CONTENT, transaction, words, "");
  }

  void appendTo(Buffer octets) {
    octets.appendString(words);
    if (phase == Phase.CONTENT && transaction != null) {
      transaction.letter().mail().content().forEachPiece(octets::appendBytes);
      octets.appendString(tail);
    }
  }

  /** How many octets it is, about. */
  int size() {
    return phase == Phase.CONTENT && transaction != null
        ? transaction.letter().mail().content().size() + 32
        : words.length();
  }
}
