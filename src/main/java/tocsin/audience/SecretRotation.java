package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;

/** Replaces the keys of a webhook; the ones before sign beside them until the overlap ends. */
public final class SecretRotation {
  private final Pool pool;
  private final WebhookRules rules;

  public SecretRotation(Pool pool, WebhookRules rules) {
    this.pool = pool;
    this.rules = rules;
  }

  /**
   * A key pair, where there is one, is replaced with the secret. Keys that were still in an overlap
   * sign no more. Fails with VALIDATION, NOT_FOUND, or CONFLICT where it is no webhook.
   *
   * @param secret null: a new one is made
   */
  public Future<RotatedSecret> rotate(int id, @Nullable String secret, Duration overlap) {
    String wrong = secret == null ? null : rules.secretComplaint(secret).orElse(null);
    if (wrong != null) {
      return Future.failedFuture(Problem.validation("secret", wrong).exception());
    }
    String fresh = secret == null ? rules.newSecret() : secret;
    KeyPair pair = rules.newKeyPair();
    return pool.preparedQuery(
            """
            update subscriber set old_secret = secret, old_signing_key = signing_key,
              old_until = now() + $3 * interval '1 second', secret = $2,
              signing_key = case when signing_key is not null then $4 end,
              public_key = case when public_key is not null then $5 end
            where id = $1 and channel = 'webhook' and standing <> 'deleted'
            returning public_key, old_until
            """)
        .execute(
            Tuple.of(id, fresh, (int) overlap.toSeconds(), pair.privateKey(), pair.publicKey()))
        .compose(rows -> rows.size() == 0 ? refusal(id) : rotated(fresh, rows.iterator().next()));
  }

  private static Future<RotatedSecret> rotated(String secret, Row row) {
    return Future.succeededFuture(
        new RotatedSecret(
            secret, row.getString("public_key"), row.getOffsetDateTime("old_until").toInstant()));
  }

  private Future<RotatedSecret> refusal(int id) {
    return pool.preparedQuery("select from subscriber where id = $1 and standing <> 'deleted'")
        .execute(Tuple.of(id))
        .compose(rows ->
            Future.failedFuture(
                (rows.size() == 0
                        ? Problem.notFound("there is no subscriber " + id)
                        : Problem.conflict("only a webhook has a secret"))
                    .exception()));
  }
}
