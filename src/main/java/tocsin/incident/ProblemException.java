package tocsin.incident;

/**
 * Carries a {@link Problem} to whoever answers the caller. Has no stack trace: it is not our fault.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
