package tocsin.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says which methods a path has to whoever tries another. */
public final class Methods {
  private Methods() {}

  /** Add it to the router behind the routes of these methods. */
  public static void only(Router router, String path, List<HttpMethod> methods) {
    String allowed =
        methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    router
        .route(path)
        .handler(context ->
            context.fail(
                new Refusal(
                    ProblemType.METHOD_NOT_ALLOWED,
                    "this path has " + allowed,
                    Map.of(HttpHeaders.ALLOW.toString(), allowed))));
  }
}
