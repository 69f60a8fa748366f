package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tocsin.incident.Problem.FieldError;

/**
 * The components and regions that updates and subscriptions may name.
 *
 * <p>Nothing named is ever deleted: who writes a name calls {@link #hold} in its transaction before
 * it looks the name up, and a delete waits for those transactions before it counts the uses.
 */
public final class Catalogue {

  /** A component or a region. */
  public record Entry(String id, String name) {}

  private final Pool pool;

  public Catalogue(Pool pool) {
    this.pool = pool;
  }

  /** Creates or renames. Fails with VALIDATION. */
  public Future<Stored> put(Dimension dimension, Entry entry) {
    List<FieldError> errors = errors(entry);
    if (!errors.isEmpty()) {
      return Future.failedFuture(Problem.validation(errors).exception());
    }
    return pool.preparedQuery(
            """
            insert into %s (id, name) values ($1, $2)
            on conflict (id) do update set name = excluded.name
            returning xmax = 0 as created
            """
                .formatted(dimension.word()))
        .execute(Tuple.of(entry.id(), entry.name()))
        .map(rows ->
            rows.iterator().next().getBoolean("created") ? Stored.CREATED : Stored.REPLACED);
  }

  /** Fails with NOT_FOUND. */
  public Future<Entry> get(Dimension dimension, String id) {
    return pool.preparedQuery("select id, name from %s where id = $1".formatted(dimension.word()))
        .execute(Tuple.of(id))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(missing(dimension, id).exception())
                : Future.succeededFuture(entry(rows.iterator().next())));
  }

  /** In order of their ids. */
  public Future<List<Entry>> list(Dimension dimension) {
    return pool.query("select id, name from %s order by id".formatted(dimension.word()))
        .execute()
        .map(rows -> {
          var entries = new ArrayList<Entry>(rows.size());
          rows.forEach(row -> entries.add(entry(row)));
          return entries;
        });
  }

  /**
   * Fails with NOT_FOUND, or with CONFLICT while a subscriber who is not deleted, a customer or an
   * update names it.
   */
  public Future<Void> delete(Dimension dimension, String id) {
    return pool.withTransaction(transaction ->
        transaction
            .query("lock table component, region in exclusive mode")
            .execute()
            .compose(locked -> CatalogueUses.count(transaction, dimension, id))
            .compose(uses ->
                uses.any()
                    ? Future.failedFuture(uses.problem(dimension, id).exception())
                    : remove(transaction, dimension, id)));
  }

  /** Keeps every component and region from being deleted until the transaction ends. */
  public static Future<Void> hold(SqlConnection transaction) {
    return transaction.query("lock table component, region in row share mode").execute().mapEmpty();
  }

  public static Future<CatalogueNames> names(SqlClient client) {
    return client
        .query(
            """
            select 'component' as dimension, id from component
            union all
            select 'region', id from region
            """)
        .execute()
        .map(Catalogue::names);
  }

  private static CatalogueNames names(RowSet<Row> rows) {
    Set<String> components = new HashSet<>();
    Set<String> regions = new HashSet<>();
    for (Row row : rows) {
      boolean component = Dimension.COMPONENT.word().equals(row.getString("dimension"));
      (component ? components : regions).add(row.getString("id"));
    }
    return new CatalogueNames(components, regions);
  }

  private static Future<Void> remove(SqlConnection transaction, Dimension dimension, String id) {
    return transaction
        .preparedQuery("delete from %s where id = $1".formatted(dimension.word()))
        .execute(Tuple.of(id))
        .compose(deleted ->
            deleted.rowCount() == 0
                ? Future.failedFuture(missing(dimension, id).exception())
                : Future.succeededFuture());
  }

  private static List<FieldError> errors(Entry entry) {
    var errors = new ArrayList<FieldError>();
    if (!Slug.is(entry.id())) {
      errors.add(new FieldError("id", "must be " + Slug.FORM));
    }
    DisplayName.complaint(entry.name()).ifPresent(it -> errors.add(new FieldError("name", it)));
    return errors;
  }

  private static Problem missing(Dimension dimension, String id) {
    return Problem.notFound("there is no " + dimension.word() + " \"" + id + "\"");
  }

  private static Entry entry(Row row) {
    return new Entry(row.getString("id"), row.getString("name"));
  }
}
