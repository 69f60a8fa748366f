package tocsin.api;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.SchemaRepository;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.incident.Problem.FieldError;

/** One path or query parameter of an operation. */
record Parameter(String name, boolean required, Type type, Schema schema) {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  /** What the text of a parameter stands for. */
  enum Type {
    STRING,
    INTEGER
  }

  static Parameter of(
      io.vertx.openapi.contract.Parameter source, SchemaRepository schemas, JsonObject document) {
    Type type = "integer".equals(source.getSchema().get("type")) ? Type.INTEGER : Type.STRING;
    return new Parameter(
        source.getName(),
        source.isRequired(),
        type,
        Schema.of(source.getSchema(), schemas, document));
  }

  /** What is wrong with the value given; empty if nothing is. */
  Optional<FieldError> fault(Parameters given) {
    Optional<String> value = given.value(name);
    if (value.isEmpty()) {
      return required ? Optional.of(new FieldError(name, "is required")) : Optional.empty();
    }
    if (type == Type.INTEGER && !INTEGER.matcher(value.get()).matches()) {
      return Optional.of(new FieldError(name, "must be a whole number"));
    }
    Object typed = type == Type.INTEGER ? Long.valueOf(value.get()) : value.get();
    return schema.faults(typed).stream()
        .map(fault -> new FieldError(name, fault.detail()))
        .findFirst();
  }
}
