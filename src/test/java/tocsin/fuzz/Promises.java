package tocsin.fuzz;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.fuzz.Reply.Answered;
import tocsin.fuzz.Reply.Closed;
import tocsin.fuzz.Reply.Hung;

/** What holds of every answer, whatever was asked. */
record Promises(Map<String, Integer> problemTypes) {
  /** Dot segments may lead to a page, which answers in its own form. */
  private static final Pattern LEADS_OUT = Pattern.compile("(?i)/(?:\\.|%2e){2}(?:[/?#]|$)");

  private static final Pattern STACK_TRACE =
      Pattern.compile("(?m)^\\s*at \\S+\\(|\\.java:[0-9]|Caused by:");

  /** What is broken; empty where nothing is. */
  Optional<String> broken(HttpMessage request, Reply reply) {
    return switch (reply) {
      case Hung hung -> Optional.of("it is neither answered nor let go");
      case Closed closed -> Optional.empty();
      case Answered answer when answer.status() >= 500 ->
          Optional.of("it is answered with " + answer.status());
      case Answered answer when STACK_TRACE.matcher(answer.body()).find() ->
          Optional.of("the answer holds a stack trace");
      case Answered answer
          when answer.status() >= 400
              && request.target().startsWith("/v1/")
              && !LEADS_OUT.matcher(request.target()).find()
              && !request.method().equals("HEAD") ->
          problem(answer);
      case Answered answer -> Optional.empty();
    };
  }

  private Optional<String> problem(Answered answer) {
    if (!answer.header("content-type").equals("application/problem+json")) {
      return Optional.of(answer.status() + " comes as " + answer.header("content-type"));
    }
    try {
      return isAsDocumented(answer.json(), answer.status())
          ? Optional.empty()
          : Optional.of("the problem is not as it is documented");
    } catch (DecodeException | ClassCastException wrong) {
      return Optional.of("the problem is no such JSON");
    }
  }

  private boolean isAsDocumented(JsonObject problem, int status) {
    return problem.getInteger("status", 0) == status
        && problemTypes.getOrDefault(problem.getString("type"), 0) == status
        && !problem.getString("title", "").isBlank()
        && !problem.getString("detail", "").isBlank()
        && problem.getJsonArray("errors", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .allMatch(error ->
                error.getString("field") != null
                    && !error.getString("detail", "").isBlank()
                    && error.getString("pointer", "").matches("(/.*)?"));
  }
}
