package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each operation of the contract lets in just the roles that it says. */
class RoleTest {
  private static final TestGateway gateway = new TestGateway();
  private static final Map<Role, String> keys = new EnumMap<>(Role.class);
  private static List<Operation> operations;

  @BeforeAll
  static void keysAndContract() {
    Vertx vertx = gateway.vertx;
    operations =
        Contract.load(vertx).await().operations().stream()
            .filter(operation -> operation.path().startsWith("/v1/"))
            .toList();
    for (Role role : Role.values()) {
      keys.put(role, gateway.key(role.word() + "-of-the-test", role));
    }
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @TestFactory
  Stream<DynamicTest> aRoleDoesWhatItMayAndNothingElse() {
    return operations.stream()
        .flatMap(operation ->
            Arrays.stream(Role.values())
                .map(role ->
                    DynamicTest.dynamicTest(
                        role.word() + " " + operation.id(), () -> holds(operation, role))));
  }

  private static void holds(Operation operation, Role role) {
    Role needed = Objects.requireNonNull(operation.role());
    HttpResponse<String> response =
        call(operation, it -> it.header("Authorization", "Bearer " + keys.get(role)));

    if (role.compareTo(needed) < 0) {
      ProblemTest.problem(response, 403, "forbidden");
      assertThat(TestGateway.json(response).getString("detail"))
          .isEqualTo("this needs the role " + needed.word() + "; the key has " + role.word());
    } else {
      assertThat(response.statusCode()).as(response.body()).isNotIn(401, 403, 500, 503);
    }
  }

  @TestFactory
  Stream<DynamicTest> withoutAKeyNothingIsDone() {
    return operations.stream()
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.id(),
                () -> {
                  HttpResponse<String> response = call(operation, it -> {});

                  ProblemTest.problem(response, 401, "unauthenticated");
                  assertThat(response.headers().firstValue("WWW-Authenticate"))
                      .hasValue("Bearer realm=\"tocsin\"");
                }));
  }

  @Test
  void onlyAdminsChangeTheCatalogueAndPublishersPublish() {
    assertThat(operations)
        .allSatisfy(operation ->
            assertThat(operation.role())
                .as(operation.id())
                .isEqualTo(
                    switch (operation.id()) {
                      case "openIncident",
                          "publishUpdate",
                          "pauseUpdate",
                          "resumeUpdate",
                          "cancelUpdate",
                          "requeueDelivery",
                          "requeueDeadLetters",
                          "requeueParked",
                          "createOptIn" ->
                          Role.PUBLISHER;
                      case "listKeys",
                          "exportSubscribers",
                          "exportSubscriber",
                          "listConsents",
                          "listSuppressions",
                          "exportSuppressions",
                          "listAudit" ->
                          Role.ADMIN;
                      default ->
                          operation.method().equals(HttpMethod.GET) ? Role.VIEWER : Role.ADMIN;
                    }));
  }

  private static HttpResponse<String> call(
      Operation operation, Consumer<HttpRequest.Builder> credentials) {
    String path =
        operation
            .path()
            .replaceAll(":(subscriber|sequence)", "2147483647")
            .replace("/keys/:id", "/keys/2147483647")
            .replaceAll(":[a-z]+", "nothing");
    HttpRequest.Builder request = gateway.request(path);
    credentials.accept(request);
    operation.mediaTypes().stream()
        .sorted()
        .findFirst()
        .ifPresent(type -> request.header("Content-Type", type));
    return gateway.send(
        request.method(
            operation.method().name(),
            operation.mediaTypes().isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString("{}")));
  }
}
