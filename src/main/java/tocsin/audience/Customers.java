package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Catalogue;
import tocsin.incident.CatalogueNames;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.Stored;

/** The organisations on record. A change of one is a change of all its subscribers. */
public final class Customers {
  private final Pool pool;

  public Customers(Pool pool) {
    this.pool = pool;
  }

  /** Creates or replaces. Fails with VALIDATION where it names an unknown region. */
  public Future<Stored> put(Customer customer) {
    return pool.withTransaction(transaction ->
        Catalogue.hold(transaction)
            .compose(held -> Catalogue.names(transaction))
            .compose(names -> {
              List<FieldError> unknown = unknown(customer, names);
              return unknown.isEmpty()
                  ? write(transaction, customer)
                  : Future.failedFuture(Problem.validation(unknown).exception());
            }));
  }

  /** Fails with NOT_FOUND. */
  public Future<Customer> get(String id) {
    return pool.preparedQuery(
            "select id, name, regions, segments, priority from customer where id = $1")
        .execute(Tuple.of(id))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(missing(id).exception())
                : Future.succeededFuture(customer(rows.iterator().next())));
  }

  /**
   * Fails with NOT_FOUND, or with CONFLICT while a subscriber who is not deleted names it. Deleted
   * ones forget it.
   */
  public Future<Void> delete(String id) {
    return pool.withTransaction(transaction ->
        transaction
            .preparedQuery(
                """
                update subscriber set customer = null, changed = pg_current_xact_id()
                where customer = $1 and standing = 'deleted'
                """)
            .execute(Tuple.of(id))
            .compose(forgotten -> lock(transaction, id))
            .compose(locked -> subscribers(transaction, id))
            .compose(subscribers ->
                subscribers > 0
                    ? Future.failedFuture(inUse(id, subscribers).exception())
                    : remove(transaction, id)));
  }

  /**
   * In order of their ids.
   *
   * @param after id to go on behind; null: from the first
   */
  public Future<List<Customer>> list(int limit, @Nullable String after) {
    return pool.preparedQuery(
            """
            select id, name, regions, segments, priority from customer
            where id > $1 order by id limit $2
            """)
        .execute(Tuple.of(after == null ? "" : after, limit))
        .map(Customers::customers);
  }

  private static Future<Stored> write(SqlConnection transaction, Customer customer) {
    return transaction
        .preparedQuery(
            """
            insert into customer (id, name, regions, segments, priority)
            values ($1, $2, $3, $4, $5)
            on conflict (id) do update set name = excluded.name, regions = excluded.regions,
              segments = excluded.segments, priority = excluded.priority, changed = pg_current_xact_id()
            returning xmax = 0 as created
            """)
        .execute(
            Tuple.of(
                customer.id(),
                customer.name(),
                array(customer.regions()),
                array(customer.segments()),
                customer.priority().word()))
        .map(rows ->
            rows.iterator().next().getBoolean("created") ? Stored.CREATED : Stored.REPLACED);
  }

  private static Future<RowSet<Row>> lock(SqlConnection transaction, String id) {
    return transaction
        .preparedQuery("select id from customer where id = $1 for update")
        .execute(Tuple.of(id))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(missing(id).exception())
                : Future.succeededFuture(rows));
  }

  private static Future<Long> subscribers(SqlConnection transaction, String id) {
    return transaction
        .preparedQuery("select count(*) as subscribers from subscriber where customer = $1")
        .execute(Tuple.of(id))
        .map(rows -> rows.iterator().next().getLong("subscribers"));
  }

  private static Future<Void> remove(SqlConnection transaction, String id) {
    return transaction
        .preparedQuery("delete from customer where id = $1")
        .execute(Tuple.of(id))
        .mapEmpty();
  }

  private static List<FieldError> unknown(Customer customer, CatalogueNames names) {
    return ordered(customer.regions()).stream()
        .filter(region -> !names.regions().contains(region))
        .map(region -> new FieldError("regions", "there is no region \"" + region + "\""))
        .toList();
  }

  private static Set<String> ordered(@Nullable Set<String> names) {
    return names == null ? Set.of() : new TreeSet<>(names);
  }

  private static String @Nullable [] array(@Nullable Set<String> names) {
    return names == null ? null : ordered(names).toArray(String[]::new);
  }

  private static Problem missing(String id) {
    return Problem.notFound("there is no customer \"" + id + "\"");
  }

  private static Problem inUse(String id, long subscribers) {
    return Problem.conflict(
        "customer \"%s\" is named by %d subscribers".formatted(id, subscribers));
  }

  private static List<Customer> customers(RowSet<Row> rows) {
    var customers = new ArrayList<Customer>(rows.size());
    rows.forEach(row -> customers.add(customer(row)));
    return customers;
  }

  private static Customer customer(Row row) {
    return new Customer(
        row.getString("id"),
        row.getString("name"),
        set(row.getArrayOfStrings("regions")),
        set(row.getArrayOfStrings("segments")),
        CustomerPriority.of(row.getString("priority")).orElseThrow());
  }

  private static @Nullable Set<String> set(String @Nullable [] names) {
    return names == null ? null : Set.of(names);
  }
}
