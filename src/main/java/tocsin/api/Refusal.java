package tocsin.api;

import java.util.Map;

/**
 * What HTTP itself objects to: credentials, methods, media types, sizes, overload. Has no stack
 * trace: it is not our fault.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Map<String, String> headers;

  Refusal(ProblemType type, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.type = type;
    this.headers = Map.copyOf(headers);
  }

  Refusal(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  ProblemType type() {
    return type;
  }

  Map<String, String> headers() {
    return headers;
  }
}
