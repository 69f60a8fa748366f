package tocsin.demo;

import java.io.IOException;

/** The gateway said no. */
public final class ApiException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 500;

  private final int status;

  ApiException(String request, int status, String body) {
    super(
        request
            + ": answered "
            + status
            + " "
            + body.substring(0, Math.min(body.length(), LONGEST)));
    this.status = status;
  }

  /** The gateway itself is in trouble, and the same may go well later. */
  boolean isTransient() {
    return status >= 500 || status == 429;
  }
}
