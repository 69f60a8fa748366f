package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;

/** What a conversation does to its connection. */
interface Wire {

  void write(Buffer octets);

  /** True while the peer takes less than it is given. */
  boolean isCongested();

  /**
   * Whether all that was written has left this machine's buffers for the peer's, or the network.
   */
  boolean hasTakenAll();

  /** Begins TLS; {@link Opening#secured} follows, or the connection's end. */
  void secure();

  void close();
}
