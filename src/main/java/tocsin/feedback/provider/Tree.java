package tocsin.feedback.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON of somebody else's, of which nothing is sure: what is not there, or another kind, is empty.
 */
record Tree(@Nullable Object node) {
  private static final Tree NOTHING = new Tree(null);

  static Tree of(byte[] json) {
    try {
      return new Tree(Json.decodeValue(Buffer.buffer(json)));
    } catch (DecodeException malformed) {
      return NOTHING;
    }
  }

  static Tree of(String json) {
    try {
      return new Tree(Json.decodeValue(json));
    } catch (DecodeException malformed) {
      return NOTHING;
    }
  }

  Tree at(String... path) {
    Object found = node;
    for (String name : path) {
      found = found instanceof JsonObject object ? object.getValue(name) : null;
    }
    return new Tree(found);
  }

  /** Of a string or a number. */
  String text(String... path) {
    return switch (at(path).node) {
      case String text -> text;
      case Number number -> number.toString();
      case null, default -> "";
    };
  }

  /** Of an array. */
  List<Tree> elements(String... path) {
    List<Tree> elements = new ArrayList<>();
    if (at(path).node instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        elements.add(new Tree(array.getValue(i)));
      }
    }
    return elements;
  }

  boolean isObject() {
    return node instanceof JsonObject;
  }

  @Override
  public String toString() {
    return String.valueOf(node);
  }
}
