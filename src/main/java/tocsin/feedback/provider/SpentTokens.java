package tocsin.feedback.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tokens that have been used, and for what; for all nodes, and for a day. */
public final class SpentTokens {
  static final int LONGEST = 100;

  private final Pool pool;

  public SpentTokens(Pool pool) {
    this.pool = pool;
  }

  /**
   * Whether the token is used for the first time, or again for the same.
   *
   * @param token at most {@link #LONGEST} characters, signed
   */
  Future<Boolean> spend(String token, String use) {
    return pool.preparedQuery(
            """
            with old as (delete from mailgun_token where at < now() - interval '1 day')
            insert into mailgun_token as t (token, use) values ($1, $2)
            on conflict (token) do update set use = t.use where t.use = excluded.use
            """)
        .execute(Tuple.of(token.replace('\0', ' '), Buffer.buffer(sha256(use))))
        .map(rows -> rows.rowCount() > 0);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
