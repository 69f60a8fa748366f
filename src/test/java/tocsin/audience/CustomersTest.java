package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.incident.Dimension;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.ProblemException;
import tocsin.incident.Stored;

class CustomersTest {
  private Records records;
  private Customers customers;

  @BeforeEach
  void open() {
    records = new Records().withCatalogue(List.of(), List.of("emea", "apac"));
    customers = records.customers;
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void putCreatesAndThenReplaces() {
    assertThat(customers.put(acme("Acme")).await()).isEqualTo(Stored.CREATED);
    assertThat(customers.put(acme("Acme Inc")).await()).isEqualTo(Stored.REPLACED);
    assertThat(customers.get("acme").await()).isEqualTo(acme("Acme Inc"));
    assertThat(customers.list(10, null).await()).containsExactly(acme("Acme Inc"));
    assertThat(customers.list(10, "acme").await()).isEmpty();
  }

  @Test
  void anUnknownRegionIsRefused() {
    var problem = problem(customers.put(new Customer("acme", "Acme", Set.of("mars"), null)));
    assertThat(problem.errors()).extracting(FieldError::field).containsExactly("regions");
  }

  @Test
  void aCustomerOfSubscribersCannotBeDeleted() {
    customers.put(acme("Acme")).await();
    int id =
        records.create(
            new JsonObject()
                .put("channel", "email")
                .put("address", "reader@example.com")
                .put("customer", "acme"));
    Problem inUse = problem(customers.delete("acme"));
    assertThat(inUse.kind()).isEqualTo(Problem.Kind.CONFLICT);
    assertThat(inUse.detail()).contains("1 subscribers");

    records.subscribers.delete(id, "api:test").await();
    customers.delete("acme").await();
    assertThat(problem(customers.get("acme")).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
    assertThat(problem(customers.delete("acme")).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
  }

  @Test
  void aPriorityIsKeptAndNormalWhereNoneIsGiven() {
    var high = new JsonObject("{\"name\": \"Acme\", \"priority\": \"high\"}");
    customers.put(CustomerJson.parse("acme", high)).await();
    assertThat(CustomerJson.print(customers.get("acme").await()))
        .isEqualTo(high.copy().put("id", "acme"));

    customers.put(CustomerJson.parse("acme", new JsonObject("{\"name\": \"Acme\"}"))).await();
    assertThat(customers.list(10, null).await())
        .extracting(Customer::priority)
        .containsExactly(CustomerPriority.NORMAL);
  }

  @Test
  void aPriorityIsOneOfThree() {
    var json = new JsonObject("{\"name\": \"Acme\", \"priority\": \"urgent\"}");
    var thrown =
        catchThrowableOfType(ProblemException.class, () -> CustomerJson.parse("acme", json));
    assertThat(Objects.requireNonNull(thrown).problem().errors())
        .extracting(FieldError::field)
        .containsExactly("priority");
  }

  @Test
  void aRegionOfACustomerCannotBeDeleted() {
    customers.put(acme("Acme")).await();
    assertThat(problem(records.catalogue.delete(Dimension.REGION, "emea")).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    records.catalogue.delete(Dimension.REGION, "apac").await();
  }

  @Test
  void anEmptyListIsRefused() {
    var json = new JsonObject("{\"name\": \"Acme\", \"regions\": []}");
    var thrown =
        catchThrowableOfType(ProblemException.class, () -> CustomerJson.parse("acme", json));
    assertThat(Objects.requireNonNull(thrown).problem().errors())
        .extracting(FieldError::field)
        .containsExactly("regions");
  }

  private static Customer acme(String name) {
    return new Customer("acme", name, Set.of("emea"), null);
  }

  private static Problem problem(Future<?> future) {
    var thrown = catchThrowableOfType(ProblemException.class, future::await);
    return Objects.requireNonNull(thrown, "succeeded").problem();
  }
}
