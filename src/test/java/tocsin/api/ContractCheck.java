package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Response;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Holds every answer that a test gets against what the contract promises. */
final class ContractCheck {
  private final OpenAPIContract contract;
  private final Map<JsonSchema, io.vertx.json.schema.Validator> validators =
      new ConcurrentHashMap<>();

  ContractCheck(Vertx vertx) {
    contract = Contract.parsed(vertx).await();
  }

  void check(HttpRequest request, HttpResponse<String> response) {
    String path = request.uri().getRawPath();
    if (!path.startsWith("/v1/")) {
      return;
    }
    Operation operation = contract.findOperation(path, HttpMethod.valueOf(request.method()));
    if (operation == null || response.statusCode() >= 500) {
      return;
    }
    String answer = operation.getOperationId() + " " + response.statusCode();
    Response promised = operation.getResponse(response.statusCode());
    assertThat(promised).as("the contract promises %s", answer).isNotNull();
    MediaType json = promised.getContent().get("application/json");
    if (response.headers().firstValue("Content-Type").orElse("").equals("application/json")) {
      assertThat(json).as("the contract promises JSON for %s", answer).isNotNull();
      var result =
          validators
              .computeIfAbsent(
                  Objects.requireNonNull(json).getSchema(),
                  contract.getSchemaRepository()::validator)
              .validate(Json.decodeValue(response.body()));
      assertThat(result.getErrors()).as("%s %s", answer, response.body()).isNull();
    }
  }
}
