package tocsin.audience;

import io.vertx.core.json.JsonObject;

/** RFC 7396: what the patch names is replaced, what it sets to null is removed. */
final class MergePatch {
  private MergePatch() {}

  /** Changes the target and returns it. */
  static JsonObject apply(JsonObject target, JsonObject patch) {
    for (String name : patch.fieldNames()) {
      Object value = patch.getValue(name);
      if (value == null) {
        target.remove(name);
      } else if (value instanceof JsonObject object) {
        boolean merges = target.getValue(name) instanceof JsonObject;
        target.put(name, apply(merges ? target.getJsonObject(name) : new JsonObject(), object));
      } else {
        target.put(name, value);
      }
    }
    return target;
  }
}
