package tocsin.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;

/**
 * The keys of the API. What was looked up is remembered for seconds, so that a deleted key stops
 * working at once on the node that deleted it and soon on the others.
 */
public final class ApiKeys {
  /** The name of the key in the settings, which no other key may bear. */
  public static final String SETTINGS_NAME = "admin";

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 10_000;

  private final Pool pool;
  private final byte @Nullable [] adminHash;
  private final RandomGenerator random;
  private final AtomicLong deletions = new AtomicLong();
  private final Cache<ByteBuffer, Caller> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  /**
   * @param adminKey the key in the settings, an admin without a row; null: there is none
   * @param random must be unpredictable, and safe to share between threads
   */
  public ApiKeys(Pool pool, @Nullable String adminKey, RandomGenerator random) {
    this.pool = pool;
    this.adminHash = adminKey == null ? null : KeyText.hash(adminKey);
    this.random = random;
  }

  /** Who holds the key; empty if nobody does. */
  Future<Optional<Caller>> holder(String key) {
    byte[] hash = KeyText.hash(key);
    if (adminHash != null && MessageDigest.isEqual(adminHash, hash)) {
      Caller admin = new Caller(SETTINGS_NAME, Role.ADMIN);
      known.put(ByteBuffer.wrap(hash), admin);
      return Future.succeededFuture(Optional.of(admin));
    }
    Caller remembered = known.getIfPresent(ByteBuffer.wrap(hash));
    return remembered == null ? find(hash) : Future.succeededFuture(Optional.of(remembered));
  }

  private Future<Optional<Caller>> find(byte[] hash) {
    long deletionsBefore = deletions.get();
    return pool.preparedQuery("select name, role from api_key where hash = $1")
        .execute(Tuple.of(Buffer.buffer(hash)))
        .map(rows -> {
          if (rows.size() == 0) {
            return Optional.empty();
          }
          Row row = rows.iterator().next();
          Caller holder = new Caller(row.getString("name"), role(row));
          if (deletions.get() == deletionsBefore) {
            known.put(ByteBuffer.wrap(hash), holder);
          }
          return Optional.of(holder);
        });
  }

  /** Fails with CONFLICT where the name is taken. */
  Future<CreatedKey> create(String name, Role role) {
    if (SETTINGS_NAME.equals(name)) {
      return Future.failedFuture(taken(name).exception());
    }
    String key = KeyText.random(random);
    return pool.preparedQuery(
            """
            insert into api_key (name, hash, role) values ($1, $2, $3)
            on conflict (name) do nothing
            returning id, name, role, created_at
            """)
        .execute(Tuple.of(name, Buffer.buffer(KeyText.hash(key)), role.word()))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(taken(name).exception())
                : Future.succeededFuture(new CreatedKey(record(rows.iterator().next()), key)));
  }

  /** By name. */
  Future<List<ApiKey>> list() {
    return pool.query("select id, name, role, created_at from api_key order by name")
        .execute()
        .map(rows -> {
          List<ApiKey> keys = new ArrayList<>(rows.size());
          rows.forEach(row -> keys.add(record(row)));
          return keys;
        });
  }

  /** Fails with NOT_FOUND. */
  Future<Void> delete(int id) {
    return pool.preparedQuery("delete from api_key where id = $1 returning hash")
        .execute(Tuple.of(id))
        .compose(rows -> {
          if (rows.size() == 0) {
            return Future.failedFuture(Problem.notFound("there is no key " + id).exception());
          }
          deletions.incrementAndGet();
          known.invalidate(ByteBuffer.wrap(rows.iterator().next().getBuffer("hash").getBytes()));
          return Future.succeededFuture();
        });
  }

  private static Problem taken(String name) {
    return Problem.conflict("there is a key named " + name + " already");
  }

  private static ApiKey record(Row row) {
    return new ApiKey(
        row.getInteger("id"),
        row.getString("name"),
        role(row),
        row.getOffsetDateTime("created_at").toInstant());
  }

  private static Role role(Row row) {
    return Role.of(row.getString("role")).orElseThrow();
  }
}
