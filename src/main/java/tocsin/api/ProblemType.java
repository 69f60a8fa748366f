package tocsin.api;

import java.util.Locale;
import java.util.concurrent.TimeoutException;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/** The kinds of problem that the API answers (RFC 9457): a stable name, a status and a title. */
enum ProblemType {
  MALFORMED(400, "The request cannot be read"),
  UNAUTHENTICATED(401, "A key is needed"),
  FORBIDDEN(403, "This is not allowed"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The method does not apply"),
  TIMEOUT(408, "The request took too long"),
  CONFLICT(409, "This goes against the present state"),
  TOO_LARGE(413, "The request is too large"),
  TARGET_TOO_LONG(414, "The path and the query are too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
  VALIDATION(422, "The request is not valid"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "Something went wrong here"),
  UNAVAILABLE(503, "Not available at the moment");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  static ProblemType of(Problem.Kind kind) {
    return switch (kind) {
      case MALFORMED -> MALFORMED;
      case VALIDATION -> VALIDATION;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
    };
  }

  /** The status of the answer to a failure. */
  static int status(Throwable failure) {
    return switch (failure) {
      case ProblemException problem -> of(problem.problem().kind()).status;
      case Refusal refusal -> refusal.type().status;
      default ->
          (failure instanceof TimeoutException || DatabaseOutage.is(failure)
                  ? UNAVAILABLE
                  : INTERNAL)
              .status;
    };
  }

  /** The type for a bare status of the router: the one of that status, else the nearest kind. */
  static ProblemType of(int status) {
    for (ProblemType type : values()) {
      if (type.status == status) {
        return type;
      }
    }
    return status >= 400 && status < 500 ? MALFORMED : INTERNAL;
  }

  /** The same in every installation and version: clients branch on it. */
  String uri() {
    return "urn:tocsin:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }
}
