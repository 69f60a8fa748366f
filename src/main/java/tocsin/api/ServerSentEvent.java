package tocsin.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** One event of an event stream (WHATWG HTML, section 9.2). */
record ServerSentEvent(String name, long id, JsonObject data) {
  static final String MEDIA_TYPE = "text/event-stream";

  /** A line that readers ignore, and that shows each side that the other is there. */
  static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

  /** How long a reader waits before it connects anew. */
  static final Buffer RETRY = Buffer.buffer("retry: 2000\n\n");

  /** JSON is encoded without line ends, so the data is one line. */
  Buffer bytes() {
    return Buffer.buffer()
        .appendString("id: " + id + "\nevent: " + name + "\ndata: ")
        .appendBuffer(data.toBuffer())
        .appendString("\n\n");
  }
}
