package tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tocsin.store.Audit;

/**
 * The JSON API: every operation of the contract under {@code /v1}, the contract itself, and the
 * schemas of events.
 */
public final class Api {
  private static final String PREFIX = "/v1/";
  private static final String CONTRACT = "/openapi.yaml";

  private final Contract contract;
  private final Authentication authentication;
  private final Audit audit;
  private final Map<String, Action> actions;
  private final MeterRegistry registry;
  private final EventSchemas schemas = new EventSchemas();

  private Api(
      Contract contract,
      Authentication authentication,
      Audit audit,
      Map<String, Action> actions,
      MeterRegistry registry) {
    this.contract = contract;
    this.authentication = authentication;
    this.audit = audit;
    this.actions = Map.copyOf(actions);
    this.registry = registry;
  }

  /** Fails where the resources do not offer just what the contract promises. */
  public static Api of(
      Contract contract,
      ApiKeys keys,
      ClientAddress addresses,
      Audit audit,
      List<Resource> resources,
      MeterRegistry registry,
      InstantSource clock) {
    Map<String, Action> actions = new HashMap<>();
    resources.forEach(resource -> actions.putAll(resource.actions()));
    Api api =
        new Api(contract, new Authentication(keys, addresses, clock), audit, actions, registry);
    var promised = api.operations().map(Operation::id).collect(Collectors.toSet());
    if (!promised.equals(actions.keySet())) {
      throw new IllegalStateException(
          "the contract promises " + promised + ", there is " + actions.keySet());
    }
    return api;
  }

  private Stream<Operation> operations() {
    return contract.operations().stream().filter(operation -> operation.path().startsWith(PREFIX));
  }

  public void mount(Router router) {
    Map<String, List<Operation>> byPath =
        operations()
            .collect(
                Collectors.groupingBy(Operation::path, LinkedHashMap::new, Collectors.toList()));
    byPath.forEach((path, operations) -> {
      operations.forEach(operation ->
          router
              .route(operation.method(), path)
              .handler(Stopwatch.of(operation, registry))
              .handler(
                  new OperationHandler(
                      operation,
                      authentication,
                      audit,
                      Objects.requireNonNull(actions.get(operation.id())))));
      Methods.only(router, path, operations.stream().map(Operation::method).toList());
    });
    router
        .get(CONTRACT)
        .handler(context ->
            context
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
                .end(contract.text()));
    Methods.only(router, CONTRACT, List.of(HttpMethod.GET));
    schemas.mount(router);
  }
}
