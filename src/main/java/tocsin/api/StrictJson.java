package tocsin.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;

/**
 * Reads JSON that means one thing: no field twice, no NUL or lone surrogate, nothing behind the
 * end, nested {@value #DEEPEST} levels at most.
 */
final class StrictJson {
  private static final int DEEPEST = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(100).maxNameLength(1_000).build())
          .build();

  private final JsonParser parser;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * A {@link JsonObject}, {@link JsonArray}, {@link String}, {@link Number}, {@link Boolean} or
   * null; throws a MALFORMED problem that says where.
   */
  static @Nullable Object read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      StrictJson reader = new StrictJson(parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw malformed("there is no JSON in the body");
      }
      Object value = reader.value(first, 1);
      if (parser.nextToken() != null) {
        throw reader.malformedHere("something follows the end of the JSON");
      }
      return value;
    } catch (JsonProcessingException broken) {
      throw malformed(at(broken) + "this is not JSON");
    } catch (IOException memory) {
      throw new UncheckedIOException(memory);
    }
  }

  private @Nullable Object value(JsonToken token, int depth) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(parser.getNumberValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw malformedHere("this is not JSON");
    };
  }

  private JsonObject object(int depth) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName());
      if (fields.containsKey(name)) {
        throw malformedHere("a field is there twice");
      }
      fields.put(name, value(parser.nextToken(), depth));
    }
    return new JsonObject(fields);
  }

  private JsonArray array(int depth) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token, depth));
    }
    return new JsonArray(items);
  }

  private Number finite(Number number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw malformedHere("a number is out of range");
    }
    return number;
  }

  private int deeper(int depth) {
    if (depth > DEEPEST) {
      throw malformedHere("nested deeper than " + DEEPEST + " levels");
    }
    return depth + 1;
  }

  private String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw malformedHere("a string holds NUL");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw malformedHere("a string holds half of a surrogate pair");
      }
    }
    return text;
  }

  private RuntimeException malformedHere(String detail) {
    var location = parser.currentLocation();
    return malformed(
        "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " + detail);
  }

  private static String at(JsonProcessingException broken) {
    var location = broken.getLocation();
    return location == null
        ? ""
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  private static RuntimeException malformed(String detail) {
    return new Problem(Problem.Kind.MALFORMED, detail, List.of()).exception();
  }
}
