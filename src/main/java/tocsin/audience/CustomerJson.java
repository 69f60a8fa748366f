package tocsin.audience;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tocsin.incident.DisplayName;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.Slug;

/**
 * A customer as JSON: {@code {"name": "Acme", "regions": [...], "segments": [...], "priority":
 * "high"}}.
 */
public final class CustomerJson {
  private static final Set<String> FIELDS = Set.of("name", "regions", "segments", "priority");

  private CustomerJson() {}

  /**
   * Throws a ProblemException that holds every field error. A missing list means all, a missing
   * priority normal.
   */
  public static Customer parse(String id, JsonObject json) {
    var errors = new ArrayList<FieldError>();
    if (!Slug.is(id)) {
      errors.add(new FieldError("id", "must be " + Slug.FORM));
    }
    var fields = new JsonFields(json, "", errors);
    fields.allow(FIELDS);
    String name = fields.requiredText("name");
    if (name != null) {
      DisplayName.complaint(name).ifPresent(complaint -> fields.wrong("name", complaint));
    }
    Set<String> regions = fields.slugs("regions");
    Set<String> segments = fields.slugs("segments");
    CustomerPriority priority = priority(fields);
    if (name == null || !errors.isEmpty()) {
      throw Problem.validation(errors).exception();
    }
    return new Customer(id, name, regions, segments, priority);
  }

  public static JsonObject print(Customer customer) {
    var json = new JsonObject().put("id", customer.id()).put("name", customer.name());
    if (customer.regions() != null) {
      json.put("regions", new JsonArray(new ArrayList<>(new TreeSet<>(customer.regions()))));
    }
    if (customer.segments() != null) {
      json.put("segments", new JsonArray(new ArrayList<>(new TreeSet<>(customer.segments()))));
    }
    return json.put("priority", customer.priority().word());
  }

  private static CustomerPriority priority(JsonFields fields) {
    String word = fields.text("priority");
    if (word == null) {
      return CustomerPriority.NORMAL;
    }
    Optional<CustomerPriority> priority = CustomerPriority.of(word);
    if (priority.isEmpty()) {
      fields.wrong("priority", "must be high, normal or low");
    }
    return priority.orElse(CustomerPriority.NORMAL);
  }
}
