package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** How many still name a component or a region, and so keep it from being deleted. */
record CatalogueUses(long subscribers, long customers, long updates) {

  static Future<CatalogueUses> count(SqlConnection transaction, Dimension dimension, String id) {
    var filter = new JsonObject().put(dimension.plural(), new JsonArray().add(id));
    var entry = new JsonObject().put(dimension.word(), id);
    return transaction
        .preparedQuery(
            """
            select
              (select count(*) from subscriber
                where standing <> 'deleted' and subscriptions @> $1) as subscribers,
              (select count(*) from customer
                where $4 and $3::text = any (regions)) as customers,
              (select count(*) from incident_update where affects @> $2) as updates
            """)
        .execute(
            Tuple.of(
                new JsonArray().add(filter),
                new JsonArray().add(entry),
                id,
                dimension == Dimension.REGION))
        .map(rows -> rows.iterator().next())
        .map(row ->
            new CatalogueUses(
                row.getLong("subscribers"), row.getLong("customers"), row.getLong("updates")));
  }

  boolean any() {
    return subscribers + customers + updates > 0;
  }

  Problem problem(Dimension dimension, String id) {
    return Problem.conflict(
        "%s \"%s\" is named by %d subscribers, %d customers and %d updates"
            .formatted(dimension.word(), id, subscribers, customers, updates));
  }
}
