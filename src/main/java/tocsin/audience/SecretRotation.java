package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;

/** Replaces the keys of a webhook; the ones before sign beside them until their overlap ends. */
public final class SecretRotation {
  private static final int MOST_OVERLAPS = 3;

  /** The old keys that still sign. */
  private static final String LIVE =
      """
      coalesce(jsonb_path_query_array(old_keys, '$[*] ? (@.until > $now)',
        jsonb_build_object('now', extract(epoch from now()))), '[]')
      """;

  private static final String ROTATE =
      """
      update subscriber set
        old_keys = nullif(
          case when $3 = 0 then '[]' else jsonb_build_array(jsonb_build_object(
            'secret', secret, 'signingKey', signing_key,
            'until', extract(epoch from now() + $3 * interval '1 second'))) end
          || %1$s, '[]'),
        secret = $2,
        signing_key = case when signing_key is not null then $4 end,
        public_key = case when public_key is not null then $5 end
      where id = $1 and channel = 'webhook' and standing <> 'deleted' and secret <> $2
        and ($3 = 0 or jsonb_array_length(%1$s) < $6)
      returning public_key, now() + $3 * interval '1 second' as until
      """
          .formatted(LIVE);

  private static final String PRESENT =
      """
      select channel, secret = $2 as given, public_key,
        coalesce(to_timestamp((%1$s -> 0 ->> 'until')::float8), now()) as until,
        (select to_timestamp(min((key ->> 'until')::float8))
          from jsonb_array_elements(%1$s) as k (key)) as first_end
      from subscriber where id = $1 and standing <> 'deleted'
      """
          .formatted(LIVE);

  private final Pool pool;
  private final WebhookRules rules;

  public SecretRotation(Pool pool, WebhookRules rules) {
    this.pool = pool;
    this.rules = rules;
  }

  /**
   * A key pair, where there is one, is replaced with the secret. The present secret given again
   * changes nothing. Fails with VALIDATION, NOT_FOUND, or CONFLICT where it is no webhook or three
   * overlaps run already.
   *
   * @param secret null: a new one is made
   */
  public Future<RotatedSecret> rotate(int id, @Nullable String secret, Duration overlap) {
    return rotate(pool, id, secret, overlap);
  }

  /** As above, with others' changes in one transaction. */
  Future<RotatedSecret> rotate(
      SqlClient client, int id, @Nullable String secret, Duration overlap) {
    String wrong = secret == null ? null : rules.secretComplaint(secret).orElse(null);
    if (wrong != null) {
      return Future.failedFuture(Problem.validation("secret", wrong).exception());
    }
    String fresh = secret == null ? rules.newSecret() : secret;
    KeyPair pair = rules.newKeyPair();
    int seconds = (int) overlap.toSeconds();
    return client
        .preparedQuery(ROTATE)
        .execute(Tuple.of(id, fresh, seconds, pair.privateKey(), pair.publicKey(), MOST_OVERLAPS))
        .compose(rows ->
            rows.size() == 0
                ? unchanged(client, id, fresh)
                : Future.succeededFuture(rotated(fresh, rows.iterator().next())));
  }

  private static RotatedSecret rotated(String secret, Row row) {
    return new RotatedSecret(secret, row.getString("public_key"), instant(row, "until"));
  }

  private static Future<RotatedSecret> unchanged(SqlClient client, int id, String secret) {
    return client
        .preparedQuery(PRESENT)
        .execute(Tuple.of(id, secret))
        .map(rows -> {
          if (rows.size() == 0) {
            throw Problem.notFound("there is no subscriber " + id).exception();
          }
          Row row = rows.iterator().next();
          if (!row.getString("channel").equals(Channel.WEBHOOK.word())) {
            throw Problem.conflict("only a webhook has a secret").exception();
          }
          if (!row.getBoolean("given")) {
            throw Problem.conflict(
                    MOST_OVERLAPS
                        + " overlaps run already, the first of them until "
                        + instant(row, "first_end"))
                .exception();
          }
          return rotated(secret, row);
        });
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
