package tocsin.api;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tocsin.incident.Problem.FieldError;

/** The parameters of one request, decoded. */
public record Parameters(Map<String, String> path, MultiMap query) {

  static Parameters of(RoutingContext context) {
    return new Parameters(context.pathParams(), context.queryParams());
  }

  /** The value in the path, else the first one in the query. */
  Optional<String> value(String name) {
    String inPath = path.get(name);
    return Optional.ofNullable(inPath == null ? query.get(name) : inPath);
  }

  List<String> names() {
    return Stream.concat(path.keySet().stream(), query.names().stream()).toList();
  }

  /** What is in the query and not in the contract, or there twice. */
  Stream<FieldError> unknown(List<Parameter> known) {
    List<String> names = known.stream().map(Parameter::name).toList();
    return query.names().stream()
        .flatMap(name -> {
          if (!names.contains(name) || path.containsKey(name)) {
            return Stream.of(new FieldError(name, "is no parameter of this operation"));
          }
          return query.getAll(name).size() > 1
              ? Stream.of(new FieldError(name, "must be there once"))
              : Stream.empty();
        });
  }
}
