package tocsin.audience;

import io.vertx.core.json.JsonObject;

/** A customer as JSON: {@code {"name": "Acme", "regions": [...], "segments": [...]}}. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class CustomerJson {
  private CustomerJson() {}

  /** Throws a ProblemException that holds every field error. A missing list means all. */
  public static Customer parse(String id, JsonObject json) {
    throw new UnsupportedOperationException();
  }

  public static JsonObject print(Customer customer) {
    throw new UnsupportedOperationException();
  }
}
