package tocsin.channel;

import io.vertx.core.Future;

/**
 * Sends the messages of one channel.
 *
 * @param <M> the channel's message
 */
public interface Sender<M extends Message> extends AutoCloseable {

  /**
   * Sends once, without retry. From any thread, which is never held up; the answer may come on any
   * other. Everything that a provider, a network or a hostile endpoint may do is an outcome; a
   * failure is a bug of ours.
   */
  Future<Outcome> send(M message);

  /** Of a send that did not end in time, and that the provider may have taken. */
  default Outcome hung() {
    return new Outcome.Deferred(Reason.TIMEOUT, "the send hung", null);
  }

  /** Lets go of connections. Sends under way end or are cut. */
  @Override
  void close();
}
