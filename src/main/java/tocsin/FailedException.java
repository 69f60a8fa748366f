package tocsin;

/** A command could not do what it was asked; the message is all that its user needs. */
final class FailedException extends Exception {
  private static final long serialVersionUID = 1L;

  FailedException(String message) {
    super(message);
  }
}
