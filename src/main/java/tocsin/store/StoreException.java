package tocsin.store;

import org.jspecify.annotations.Nullable;

/** The database is not to be had; the message says what was attempted and what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
