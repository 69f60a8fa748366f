package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/** Reads a line of an import. */
final class LineReader {
  private static final ObjectReader OBJECT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerForMapOf(Object.class);

  private final SubscriberJson json;

  LineReader(SubscriberJson json) {
    this.json = json;
  }

  /** Throws a ProblemException; without field errors where the line is no JSON object. */
  Registration read(ImportLine line) {
    return json.parse(object(line));
  }

  /** As above. */
  static JsonObject object(ImportLine line) {
    return switch (line) {
      case ImportLine.Overlong overlong ->
          throw malformed("is longer than " + LineSplitter.LONGEST + " bytes");
      case ImportLine.Whole whole -> object(text(whole.bytes()));
    };
  }

  private static String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("is not UTF-8");
    }
  }

  private static JsonObject object(String text) {
    try {
      Map<String, Object> fields = OBJECT.readValue(text);
      if (fields != null) {
        return new JsonObject(fields);
      }
    } catch (JsonProcessingException e) {
      // its message may quote an address: told below without it
    }
    throw malformed("must be one JSON object with each field once");
  }

  private static ProblemException malformed(String detail) {
    return new Problem(Problem.Kind.MALFORMED, detail, List.of()).exception();
  }
}
