package tocsin.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.random.RandomGenerator;

/** Keys that the gateway makes for itself, once, and that all nodes on one database share. */
public final class GatewaySecrets {
  private static final int LENGTH = 32;

  private final Pool pool;
  private final RandomGenerator random;

  /**
   * @param random a secure source
   */
  public GatewaySecrets(Pool pool, RandomGenerator random) {
    this.pool = pool;
    this.random = random;
  }

  /** The key of that name, made if this is the first time anybody asks. */
  public Future<byte[]> key(String name) {
    byte[] fresh = new byte[LENGTH];
    random.nextBytes(fresh);
    return pool.preparedQuery(
            "insert into gateway_secret (name, value) values ($1, $2) on conflict (name) do nothing")
        .execute(Tuple.of(name, Buffer.buffer(fresh)))
        .compose(done ->
            pool.preparedQuery("select value from gateway_secret where name = $1")
                .execute(Tuple.of(name)))
        .map(rows -> rows.iterator().next().getBuffer("value").getBytes());
  }
}
