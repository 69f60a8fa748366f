package tocsin.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the database on a virtual thread, never for ever. */
public final class Answer {
  /**
   * Longer than a statement of ours takes on a database that is alive. A statement whose connection
   * is cut may never be answered, so this is also how long a cut can hold somebody up.
   */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Answer() {}

  /**
   * The result.
   *
   * @throws StoreException if none came in time: the statement may have been carried out all the
   *     same
   */
  public static <T> T of(Future<T> future) {
    return of(future, LONGEST);
  }

  /** As {@link #of(Future)}, for work that is known to take longer. */
  public static <T> T of(Future<T> future, Duration longest) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(
          "the database did not answer within " + longest.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the database", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new StoreException("the database cannot be reached: " + e.getCause(), e.getCause());
    }
  }
}
