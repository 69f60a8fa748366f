package tocsin.incident;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON in which an update's scope and words are stored and shown; a missing key means all. */
public final class UpdateJson {
  private UpdateJson() {}

  public static JsonArray affects(List<Scope> affects) {
    JsonArray entries = new JsonArray();
    for (Scope scope : affects) {
      JsonObject entry = new JsonObject();
      if (scope.component() != null) {
        entry.put("component", scope.component());
      }
      if (scope.region() != null) {
        entry.put("region", scope.region());
      }
      if (scope.segment() != null) {
        entry.put("segment", scope.segment());
      }
      entries.add(entry);
    }
    return entries;
  }

  static List<Scope> affects(JsonArray entries) {
    return entries.stream()
        .map(JsonObject.class::cast)
        .map(entry ->
            new Scope(
                entry.getString("component"),
                entry.getString("region"),
                entry.getString("segment")))
        .toList();
  }

  /** Always an object by language; words of no language stand under the empty key. */
  static JsonObject body(Text text) {
    return new JsonObject(Map.copyOf(text.byLocale()));
  }

  static Text body(JsonObject words) {
    return new Text(
        words.stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue())));
  }
}
