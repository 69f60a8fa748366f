package tocsin.channel;

import java.util.List;

/**
 * A provider of one channel over a real socket, and a sender that is set up for it.
 *
 * @param <M> the channel's message
 */
public interface Counterpart<M extends Message> extends AutoCloseable {

  /** What it does with what it gets from now on. */
  enum Manner {
    TAKES,
    /** Something of its own is out of order. */
    REFUSES_FOR_NOW,
    ASKS_FOR_LESS,
    /** There is no such recipient, or it wants no more. */
    REFUSES_THE_RECIPIENT,
    /** It has read the whole message, and hangs up. */
    HANGS_UP,
    /** It has read the whole message, and says nothing. */
    KEEPS_SILENT,
    /** Nobody listens. */
    IS_AWAY
  }

  void behaves(Manner manner);

  /** Gives it about a second. */
  Sender<M> sender();

  /** To a recipient of its own for each subscriber. */
  M message(int subscriber);

  /** Of the messages that came in whole, in that order. */
  List<String> ids();

  @Override
  void close();
}
