package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Catalogue;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;

/** Which of the names in some registrations there are; none of them goes before the transaction. */
public record KnownNames(Set<String> components, Set<String> regions, Set<String> customers) {

  public static Future<KnownNames> among(
      SqlConnection transaction, Collection<Registration> registrations) {
    Set<String> components = new HashSet<>();
    Set<String> regions = new HashSet<>();
    Set<String> customers = new HashSet<>();
    for (Registration registration : registrations) {
      for (Subscription subscription : registration.subscriptions()) {
        addAll(components, subscription.components());
        addAll(regions, subscription.regions());
      }
      addAll(customers, customers(registration));
    }
    return Catalogue.hold(transaction)
        .compose(held ->
            transaction
                .preparedQuery(
                    """
                    select 'component' as kind, id from component where id = any ($1)
                    union all
                    select 'region', id from region where id = any ($2)
                    union all
                    select 'customer', id from (
                      select id from customer where id = any ($3) order by id for key share) held
                    """)
                .execute(Tuple.of(array(components), array(regions), array(customers))))
        .map(rows ->
            new KnownNames(ids(rows, "component"), ids(rows, "region"), ids(rows, "customer")));
  }

  /** Fails with VALIDATION where the registration names something unknown. */
  public static Future<Void> check(SqlConnection transaction, Registration registration) {
    return among(transaction, List.of(registration))
        .compose(known -> {
          List<FieldError> unknown = known.unknown(registration);
          return unknown.isEmpty()
              ? Future.succeededFuture()
              : Future.failedFuture(Problem.validation(unknown).exception());
        });
  }

  public List<FieldError> unknown(Registration registration) {
    var errors = new ArrayList<FieldError>();
    List<Subscription> subscriptions = registration.subscriptions();
    for (int i = 0; i < subscriptions.size(); i++) {
      String path = subscriptions.size() == 1 ? "" : "subscriptions[" + i + "].";
      Subscription subscription = subscriptions.get(i);
      check(errors, path + "components", "component", components, subscription.components());
      check(errors, path + "regions", "region", regions, subscription.regions());
    }
    check(errors, "customer", "customer", customers, customers(registration));
    return errors;
  }

  private static void check(
      List<FieldError> errors,
      String field,
      String word,
      Set<String> known,
      @Nullable Set<String> names) {
    if (names != null) {
      names.stream()
          .filter(name -> !known.contains(name))
          .sorted()
          .map(name -> new FieldError(field, "there is no " + word + " \"" + name + "\""))
          .forEach(errors::add);
    }
  }

  private static void addAll(Set<String> all, @Nullable Set<String> names) {
    if (names != null) {
      all.addAll(names);
    }
  }

  private static @Nullable Set<String> customers(Registration registration) {
    String customer = registration.customer();
    return customer == null ? null : Set.of(customer);
  }

  private static String[] array(Set<String> names) {
    return names.toArray(String[]::new);
  }

  private static Set<String> ids(Iterable<Row> rows, String kind) {
    Set<String> ids = new HashSet<>();
    for (Row row : rows) {
      if (kind.equals(row.getString("kind"))) {
        ids.add(row.getString("id"));
      }
    }
    return ids;
  }
}
