package tocsin.api;

/** A port cannot be listened on; the message says which, and why. */
public final class ListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ListenException(String host, int port, Throwable cause) {
    super("cannot listen on " + host + " port " + port + ": " + cause.getMessage(), cause);
  }
}
