package tocsin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What makes two requests the same: method, path and content, whatever the order of its fields. */
final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256. */
  static byte[] of(String method, String path, JsonObject body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((method + " " + path + "\n").getBytes(UTF_8));
      return digest.digest(canonical(body).getBytes(UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static String canonical(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text) {
    switch (value) {
      case JsonObject object -> {
        text.append('{');
        new TreeMap<>(object.getMap())
            .forEach((name, field) -> {
              text.append(Json.encode(name)).append(':');
              write(field, text);
              text.append(',');
            });
        text.append('}');
      }
      case JsonArray array -> {
        text.append('[');
        for (Object item : array) {
          write(item, text);
          text.append(',');
        }
        text.append(']');
      }
      case null, default -> text.append(Json.encode(value));
    }
  }
}
