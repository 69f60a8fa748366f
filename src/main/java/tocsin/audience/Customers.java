package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Stored;

/** The organisations on record. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Customers {
  private final Pool pool;

  public Customers(Pool pool) {
    this.pool = pool;
  }

  /** Creates or replaces. Fails with VALIDATION, also where it names an unknown region. */
  public Future<Stored> put(Customer customer) {
    throw new UnsupportedOperationException(pool.toString());
  }

  /** Fails with NOT_FOUND. */
  public Future<Customer> get(String id) {
    throw new UnsupportedOperationException();
  }

  /** Fails with NOT_FOUND, or with CONFLICT while a subscriber who is not deleted names it. */
  public Future<Void> delete(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * In order of their ids.
   *
   * @param after id to go on behind; null: from the first
   */
  public Future<List<Customer>> list(int limit, @Nullable String after) {
    throw new UnsupportedOperationException();
  }
}
