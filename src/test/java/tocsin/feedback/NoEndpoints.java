package tocsin.feedback;

import io.vertx.core.Future;
import java.util.Optional;
import tocsin.selfservice.EndpointChallenge;

/** Where none is asked. */
final class NoEndpoints implements EndpointChallenge {
  @Override
  public Future<Optional<String>> echo(Endpoint endpoint) {
    return Future.succeededFuture(Optional.of("there are no endpoints"));
  }

  @Override
  public Future<Optional<String>> post(Endpoint endpoint, String code) {
    return echo(endpoint);
  }
}
