package tocsin.api;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/** A schema of the contract, ready to hold values against. */
final class Schema {
  private final Validator validator;
  private final SchemaFaults faults;

  private Schema(Validator validator, SchemaFaults faults) {
    this.validator = validator;
    this.faults = faults;
  }

  static Schema of(JsonSchema schema, SchemaRepository schemas, JsonObject document) {
    return new Schema(schemas.validator(schema), new SchemaFaults((JsonObject) schema, document));
  }

  /** What is wrong with the value, one for each field; empty if nothing is. */
  List<FieldError> faults(@Nullable Object value) {
    OutputUnit result = validator.validate(value);
    return Boolean.TRUE.equals(result.getValid()) ? List.of() : faults.of(result);
  }
}
