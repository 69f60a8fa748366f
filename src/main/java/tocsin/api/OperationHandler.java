package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;
import tocsin.store.Audit;

/**
 * Takes a request through the steps that are the same for every operation: who calls and whether
 * they may, whether the parameters and the body agree with the contract, then what it does.
 */
final class OperationHandler implements Handler<RoutingContext> {
  /** Longer than a test of an endpoint, which may take as long as a webhook. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(OperationHandler.class);

  private final Operation operation;
  private final Authentication authentication;
  private final Action action;

  OperationHandler(Operation operation, Authentication authentication, Audit audit, Action action) {
    this.operation = operation;
    this.authentication = authentication;
    this.action = operation.changes() ? new AuditedAction(operation.id(), audit, action) : action;
  }

  @Override
  public void handle(RoutingContext context) {
    context.request().pause();
    long begun = System.nanoTime();
    authentication
        .caller(context.request(), Objects.requireNonNull(operation.role(), operation.id()))
        .compose(caller -> call(caller, context))
        .compose(call -> answer(call, context.response(), begun))
        .onFailure(context::fail);
  }

  private Future<Call> call(Caller caller, RoutingContext context) {
    Parameters parameters = Parameters.of(context);
    List<FieldError> faults = operation.faults(parameters);
    return faults.isEmpty()
        ? RequestBodies.read(context, operation)
            .map(json -> new Call(context.request(), caller, parameters, json))
        : Future.failedFuture(Problem.validation(faults).exception());
  }

  private Future<Void> answer(Call call, HttpServerResponse response, long begun) {
    Future<? extends Answer> made = action.answer(call);
    return (operation.streams() ? made : made.timeout(LONGEST.toSeconds(), TimeUnit.SECONDS))
        .compose(answer -> send(answer, response))
        .onSuccess(sent -> log(call, response.getStatusCode(), begun));
  }

  private static Future<Void> send(Answer answer, HttpServerResponse response) {
    return switch (answer) {
      case Answer.Document document -> {
        document.headers().forEach(response::putHeader);
        yield response
            .setStatusCode(document.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .end(document.body().toBuffer());
      }
      case Answer.Done done -> response.setStatusCode(204).end();
      case Answer.Written written ->
          written
              .writer()
              .apply(
                  response
                      .setChunked(true)
                      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                      .putHeader(HttpHeaders.CONTENT_TYPE, "application/json"))
              .compose(all -> response.end());
      case Answer.Lines lines ->
          lines
              .writer()
              .apply(
                  response
                      .setChunked(true)
                      .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson"))
              .compose(written -> response.end());
      case Answer.Events events ->
          events
              .writer()
              .apply(
                  response
                      .setChunked(true)
                      .putHeader(HttpHeaders.CONTENT_TYPE, ServerSentEvent.MEDIA_TYPE)
                      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                      .putHeader("X-Accel-Buffering", "no"))
              .compose(over -> response.closed() ? Future.succeededFuture() : response.end());
    };
  }

  private void log(Call call, int status, long begun) {
    log.debug(
        "operation.answered operation={} caller={} status={} took={}ms",
        operation.id(),
        call.caller().name(),
        status,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
  }
}
