package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tocsin.incident.Stored;

/** What an operation answers when all went well. */
public sealed interface Answer {

  /** A document. */
  record Document(int status, Map<String, String> headers, JsonObject body) implements Answer {
    public Document {
      headers = Map.copyOf(headers);
    }

    Document with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Document(status, more, body);
    }
  }

  /** Done, and nothing to say. */
  record Done() implements Answer {}

  /** One JSON document, written by and by. */
  record Written(Function<WriteStream<Buffer>, Future<?>> writer) implements Answer {}

  /** Lines of JSON, written by and by. */
  record Lines(Function<WriteStream<Buffer>, Future<?>> writer) implements Answer {}

  /**
   * Server-sent events.
   *
   * @param writer completes when the stream is over, for whatever reason
   */
  record Events(Function<HttpServerResponse, Future<?>> writer) implements Answer {}

  static Document ok(JsonObject body) {
    return new Document(200, Map.of(), body);
  }

  static Document stored(Stored stored, JsonObject body) {
    return new Document(stored == Stored.CREATED ? 201 : 200, Map.of(), body);
  }

  /** Of something that is there from now on. */
  static Document created(String location, JsonObject body) {
    return new Document(201, Map.of("Location", location), body);
  }

  static Document accepted(String location, JsonObject body) {
    return new Document(202, Map.of("Location", location), body);
  }
}
