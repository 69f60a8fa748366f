package tocsin.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/**
 * Answers every request that failed, whoever was to handle it, as a problem, or as the page that
 * was offered for it. What is our fault is logged once, here, under an id that the answer bears,
 * and the answer tells nothing else of it.
 */
final class Failures implements Handler<RoutingContext> {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final String RETRY_SECONDS = "5";

  private final RandomGenerator ids;

  Failures(RandomGenerator ids) {
    this.ids = ids;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      log.warn("response.cut path={}", place(context), context.failure());
      response.reset();
      return;
    }
    JsonObject problem = problem(context, response);
    UnreadBody.settle(context.vertx(), context.request());
    FailurePage.offered(context)
        .ifPresentOrElse(
            page -> page.show(context, problem.getInteger("status"), problem.getString("id")),
            () -> send(response, problem));
  }

  private static void send(HttpServerResponse response, JsonObject problem) {
    response.setStatusCode(problem.getInteger("status"));
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
    response.end(problem.toBuffer());
  }

  private JsonObject problem(RoutingContext context, HttpServerResponse response) {
    Throwable failure = context.failure();
    return switch (failure) {
      case ProblemException ours -> problem(ours.problem(), context);
      case Refusal refusal -> {
        refusal.headers().forEach(response::putHeader);
        yield ProblemBody.of(refusal.type(), String.valueOf(refusal.getMessage()));
      }
      case null ->
          context.statusCode() == ProblemType.INTERNAL.status()
              ? bug(context, null)
              : bare(context);
      default -> {
        if (context.statusCode() >= 400 && context.statusCode() < 500) {
          yield bare(context);
        }
        if (failure instanceof TimeoutException) {
          yield late(context);
        }
        yield DatabaseOutage.is(failure) ? outage(context, failure) : bug(context, failure);
      }
    };
  }

  private static JsonObject problem(Problem problem, RoutingContext context) {
    return ProblemBody.of(
        ProblemType.of(problem.kind()),
        problem.detail(),
        problem.errors(),
        Parameters.of(context).names());
  }

  private static JsonObject bare(RoutingContext context) {
    ProblemType type = ProblemType.of(context.statusCode());
    String detail =
        switch (type) {
          case NOT_FOUND -> "there is nothing at this path";
          case TIMEOUT -> "the body took too long to come";
          case TOO_LARGE -> "the body is larger than this operation takes";
          case FORBIDDEN -> "the signature or the right is missing";
          default -> "the request is not one of HTTP that this server reads";
        };
    return ProblemBody.of(type, detail);
  }

  /** Whoever kept us waiting, the work may go on: the database, or somebody whom it asked. */
  private static JsonObject late(RoutingContext context) {
    log.warn("request.late path={}", place(context));
    context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return ProblemBody.of(ProblemType.UNAVAILABLE, "this took too long; try again later");
  }

  private static JsonObject outage(RoutingContext context, Throwable failure) {
    log.warn("database.unavailable path={}", place(context), failure);
    context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return ProblemBody.of(ProblemType.UNAVAILABLE, DatabaseOutage.words(failure));
  }

  private JsonObject bug(RoutingContext context, @Nullable Throwable failure) {
    String id = Integer.toHexString(ids.nextInt());
    log.error(
        "request.failed id={} method={} path={}",
        id,
        context.request().method(),
        place(context),
        failure);
    return ProblemBody.of(ProblemType.INTERNAL, "it is in the log under the id " + id)
        .put("id", id);
  }

  /** The path without what may be secret: outside of the API the second segment is a token. */
  private static String place(RoutingContext context) {
    String path = context.normalizedPath();
    int second = path.indexOf('/', 1);
    return path.startsWith("/v1/") || second < 0 ? path : path.substring(0, second);
  }
}
