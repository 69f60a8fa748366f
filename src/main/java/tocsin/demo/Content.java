package tocsin.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one recipient has before their eyes, or their system in its queue. */
public sealed interface Content {

  /** Everything there is to read in it, without markup. */
  String words();

  /** About how many characters it keeps in memory. */
  int size();

  /**
   * A mail.
   *
   * @param headers undecoded, in the order of the mail, the first of each name
   * @param subject decoded; empty where there is none
   * @param text the text part; empty where there is none
   * @param html the HTML part; empty where there is none
   */
  record Mail(Map<String, String> headers, String subject, String text, String html)
      implements Content {
    public Mail {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The name in any case; null where the mail has none such. */
    public @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }

    @Override
    public String words() {
      return subject + "\n" + text;
    }

    @Override
    public int size() {
      return headers.values().stream().mapToInt(String::length).sum()
          + text.length()
          + html.length();
    }
  }

  /**
   * A text message.
   *
   * @param from the number or messaging service it came from
   * @param statusCallback where the sender wants to hear of it; null where it does not
   */
  record Sms(String from, String text, @Nullable String statusCallback) implements Content {
    @Override
    public String words() {
      return text;
    }

    @Override
    public int size() {
      return text.length();
    }
  }

  /**
   * A webhook request.
   *
   * @param timestamp seconds since 1970, as the sender wrote it; empty where it did not
   * @param signature as the sender wrote it; empty where it did not
   */
  record Event(String timestamp, String signature, String body) implements Content {
    @Override
    public String words() {
      try {
        return strings(Json.decodeValue(body)).collect(Collectors.joining("\n"));
      } catch (DecodeException e) {
        return body;
      }
    }

    @Override
    public int size() {
      return body.length() + signature.length();
    }

    private static Stream<String> strings(@Nullable Object value) {
      return switch (value) {
        case JsonObject object -> object.stream().flatMap(entry -> strings(entry.getValue()));
        case JsonArray array -> array.stream().flatMap(Event::strings);
        case String text -> Stream.of(text);
        case null, default -> Stream.empty();
      };
    }
  }
}
