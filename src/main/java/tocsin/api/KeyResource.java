package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** {@code /v1/keys}. */
public final class KeyResource implements Resource {
  private final ApiKeys keys;

  public KeyResource(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("createKey", this::create, "listKeys", this::list, "deleteKey", this::delete);
  }

  private Future<Answer> create(Call call) {
    Role role = Role.of(call.body().getString("role")).orElseThrow();
    return keys.create(call.body().getString("name"), role)
        .map(created ->
            Answer.created(
                    "/v1/keys/" + created.record().id(),
                    json(created.record()).put("key", created.key()))
                .with("Cache-Control", "no-store"));
  }

  private Future<Answer> list(Call call) {
    return keys.list()
        .map(all -> {
          JsonArray list = new JsonArray();
          all.forEach(key -> list.add(json(key)));
          return Answer.ok(new JsonObject().put("keys", list));
        });
  }

  private Future<Answer> delete(Call call) {
    return keys.delete(call.number("id")).map(new Answer.Done());
  }

  private static JsonObject json(ApiKey key) {
    return new JsonObject()
        .put("id", key.id())
        .put("name", key.name())
        .put("role", key.role().word())
        .put("createdAt", key.createdAt());
  }
}
