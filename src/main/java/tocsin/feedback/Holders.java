package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** Finds whose an e-mail address is. */
public final class Holders {
  private static final int LONGEST = 254;

  private final Pool pool;

  public Holders(Pool pool) {
    this.pool = pool;
  }

  /**
   * @param address as a provider writes it; anything
   */
  Future<Optional<Integer>> of(String address) {
    if (address.isBlank() || address.length() > LONGEST || address.indexOf('\0') >= 0) {
      return Future.succeededFuture(Optional.empty());
    }
    return pool.preparedQuery(
            """
            select id from subscriber
             where channel = 'email' and address_key = lower($1) and standing <> 'deleted'
            """)
        .execute(Tuple.of(address.strip()))
        .map(rows ->
            rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getInteger("id")));
  }
}
