package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import tocsin.incident.Catalogue;
import tocsin.incident.Dimension;

/** {@code /v1/components} or {@code /v1/regions}. */
public final class CatalogueResource implements Resource {
  private final Catalogue catalogue;
  private final Dimension dimension;
  private final String noun;

  /**
   * @param noun in the ids of the operations: {@code Component}
   */
  public CatalogueResource(Catalogue catalogue, Dimension dimension, String noun) {
    this.catalogue = catalogue;
    this.dimension = dimension;
    this.noun = noun;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "list" + noun + "s", this::list,
        "get" + noun, this::get,
        "put" + noun, this::put,
        "delete" + noun, this::delete);
  }

  private Future<Answer> list(Call call) {
    return catalogue
        .list(dimension)
        .map(entries -> {
          JsonArray list = new JsonArray();
          entries.forEach(entry -> list.add(json(entry)));
          return Answer.ok(new JsonObject().put(dimension.plural(), list));
        });
  }

  private Future<Answer> get(Call call) {
    return catalogue.get(dimension, call.text("id")).map(entry -> Answer.ok(json(entry)));
  }

  private Future<Answer> put(Call call) {
    var entry = new Catalogue.Entry(call.text("id"), call.body().getString("name"));
    return catalogue.put(dimension, entry).map(stored -> Answer.stored(stored, json(entry)));
  }

  private Future<Answer> delete(Call call) {
    return catalogue.delete(dimension, call.text("id")).map(new Answer.Done());
  }

  private static JsonObject json(Catalogue.Entry entry) {
    return new JsonObject().put("id", entry.id()).put("name", entry.name());
  }
}
