package tocsin.channel.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** How one request ended. */
public sealed interface Exchange {

  /**
   * The head of an answer came; what happened after it changes nothing.
   *
   * @param body as far as it came before the deadline and the size limit
   */
  record Answered(int status, MultiMap headers, Buffer body) implements Exchange {}

  /** No connection, so not a byte of the request left us. */
  record Unsent(Throwable cause) implements Exchange {}

  /** The request went out, at least in part, and no answer came. */
  record Unanswered(Throwable cause) implements Exchange {}
}
