package tocsin.store;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * What a backup is: the last entry of its file, so that one that broke off has none.
 *
 * @param schema version of the migrations that made the tables
 */
record Manifest(String schema, Instant at, List<Table> tables) {
  static final String ENTRY = "manifest.json";
  private static final int FORMAT = 1;

  Manifest {
    tables = List.copyOf(tables);
  }

  /**
   * @throws StoreException when it is none, or of a form that only a newer version knows
   */
  static Manifest parse(String text) {
    try {
      JsonObject json = new JsonObject(text);
      if (json.getInteger("format") != FORMAT) {
        throw new StoreException(
            "The backup has format " + json.getInteger("format") + ": a newer Tocsin made it.");
      }
      return new Manifest(
          json.getString("schema"),
          Instant.parse(json.getString("at")),
          json.getJsonArray("tables").stream().map(table -> Table.of((JsonObject) table)).toList());
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | DateTimeException damaged) {
      throw new StoreException("The backup's manifest is damaged.", damaged);
    }
  }

  String text() {
    return new JsonObject()
        .put("format", FORMAT)
        .put("schema", schema)
        .put("at", at.toString())
        .put("tables", new JsonArray(tables.stream().map(Table::json).toList()))
        .encodePrettily();
  }

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }
}
