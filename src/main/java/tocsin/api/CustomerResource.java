package tocsin.api;

import io.vertx.core.Future;
import java.util.Map;
import tocsin.audience.Customer;
import tocsin.audience.CustomerJson;
import tocsin.audience.Customers;

/** {@code /v1/customers}. */
public final class CustomerResource implements Resource {
  private final Customers customers;

  public CustomerResource(Customers customers) {
    this.customers = customers;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "listCustomers", this::list,
        "getCustomer", this::get,
        "putCustomer", this::put,
        "deleteCustomer", this::delete);
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    return customers
        .list(page.limit(), page.cursor().orElse(null))
        .map(found -> page.of(call, "customers", found, CustomerJson::print, Customer::id));
  }

  private Future<Answer> get(Call call) {
    return customers.get(call.text("id")).map(customer -> Answer.ok(CustomerJson.print(customer)));
  }

  private Future<Answer> put(Call call) {
    Customer customer = CustomerJson.parse(call.text("id"), call.body());
    return customers
        .put(customer)
        .map(stored -> Answer.stored(stored, CustomerJson.print(customer)));
  }

  private Future<Answer> delete(Call call) {
    return customers.delete(call.text("id")).map(new Answer.Done());
  }
}
