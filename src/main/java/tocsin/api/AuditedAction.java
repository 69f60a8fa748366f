package tocsin.api;

import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.store.Audit;

/**
 * An operation that may change something: it is on record before it begins, and nothing is changed
 * where that cannot be written.
 */
final class AuditedAction implements Action {
  private static final Logger log = LoggerFactory.getLogger(AuditedAction.class);
  private static final int LONGEST_SUBJECT = 2_000;

  private final String operation;
  private final Audit audit;
  private final Action action;

  AuditedAction(String operation, Audit audit, Action action) {
    this.operation = operation;
    this.audit = audit;
    this.action = action;
  }

  @Override
  public Future<? extends Answer> answer(Call call) {
    if (call.optional("dryRun").filter("true"::equals).isPresent()) {
      return action.answer(call);
    }
    return audit
        .begin(call.caller().name(), operation, subject(call))
        .compose(id ->
            Future.succeededFuture(call)
                .<Answer>compose(begun -> action.answer(begun).map(answer -> answer))
                .compose(
                    answer -> end(id, status(answer), detail(answer)).map(answer),
                    failure ->
                        end(id, ProblemType.status(failure), null)
                            .compose(ended -> Future.failedFuture(failure))));
  }

  /** The change is made: that its outcome is not on record does not undo it. */
  private Future<Void> end(long id, int status, @Nullable String detail) {
    return audit
        .end(id, outcome(status), status, detail)
        .onFailure(e -> log.warn("audit.not_completed entry={} status={}", id, status, e))
        .otherwiseEmpty();
  }

  private static String outcome(int status) {
    return status < 400 ? "done" : status < 500 ? "refused" : "failed";
  }

  private static int status(Answer answer) {
    return switch (answer) {
      case Answer.Document document -> document.status();
      case Answer.Done done -> 204;
      case Answer.Written written -> 200;
      case Answer.Lines lines -> 200;
      case Answer.Events events -> 200;
    };
  }

  /** Where the new thing is. */
  private static @Nullable String detail(Answer answer) {
    return answer instanceof Answer.Document document ? document.headers().get("Location") : null;
  }

  private static String subject(Call call) {
    String path = Objects.requireNonNullElse(call.request().path(), "/");
    return path.length() <= LONGEST_SUBJECT ? path : path.substring(0, LONGEST_SUBJECT);
  }
}
