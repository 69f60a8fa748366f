package tocsin.incident;

import java.util.List;

/**
 * What a caller did wrong; the API answers it as problem+json (RFC 9457).
 *
 * @param errors the offending fields, most useful first; empty where no field is to blame
 */
public record Problem(Kind kind, String detail, List<FieldError> errors) {

  /** The stable kinds; each is a problem type of the API. */
  public enum Kind {
    /** Not parsable: 400. */
    MALFORMED,
    /** Parsable but wrong: 422. */
    VALIDATION,
    /** 404. */
    NOT_FOUND,
    /** Against the present state, or a key used twice for different things: 409. */
    CONFLICT
  }

  /**
   * @param field path of the field in the request, {@code update.affects[0].component}
   * @param detail what is wrong with it and what would be right; never the value if it is an
   *     address
   */
  public record FieldError(String field, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem validation(String field, String detail) {
    return new Problem(
        Kind.VALIDATION, field + ": " + detail, List.of(new FieldError(field, detail)));
  }

  public static Problem validation(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return new Problem(Kind.VALIDATION, first.field() + ": " + first.detail() + more, errors);
  }

  public static Problem notFound(String detail) {
    return new Problem(Kind.NOT_FOUND, detail, List.of());
  }

  public static Problem conflict(String detail) {
    return new Problem(Kind.CONFLICT, detail, List.of());
  }

  /** As the failure of a future, or thrown where the caller waits. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
