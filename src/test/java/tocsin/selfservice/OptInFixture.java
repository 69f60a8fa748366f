package tocsin.selfservice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.LinkTokens;
import tocsin.audience.Records;
import tocsin.audience.Subscriber;
import tocsin.audience.Wording;

/** Opt-ins over an empty database, with endpoints that agree until they are told not to. */
final class OptInFixture implements AutoCloseable, EndpointChallenge {
  static final OptInRules RULES = new OptInRules(1_000, Duration.ofDays(2), Set.of());
  static final Visitor VISITOR = new Visitor("203.0.113.7", "Browser/1.0");
  private static final byte[] KEY = "a key of sixteen".getBytes(US_ASCII);

  final Records records = new Records().withCatalogue(List.of("web", "api"), List.of("emea"));
  final OptInCodes codes = new OptInCodes(KEY);
  final OptInProofs proofs = new OptInProofs(new LinkTokens(KEY), codes);
  final OptInAnswers answers = new OptInAnswers(records.pool, proofs, records.suppressions, this);
  final OptIns optIns = optIns(RULES);

  /** What endpoints were asked, and codes that were posted. */
  final List<Endpoint> asked = new ArrayList<>();

  final List<String> posted = new ArrayList<>();
  Optional<String> complaint = Optional.empty();

  OptIns optIns(OptInRules rules) {
    return new OptIns(records.pool, proofs, records.suppressions, records.webhooks, rules);
  }

  @Override
  public Future<Optional<String>> echo(Endpoint endpoint) {
    asked.add(endpoint);
    return Future.succeededFuture(complaint);
  }

  @Override
  public Future<Optional<String>> post(Endpoint endpoint, String code) {
    asked.add(endpoint);
    posted.add(code);
    return Future.succeededFuture(complaint);
  }

  static JsonObject email(String address) {
    return new JsonObject().put("channel", "email").put("address", address);
  }

  static JsonObject sms(String number) {
    return new JsonObject().put("channel", "sms").put("address", number);
  }

  static JsonObject webhook(String url) {
    return new JsonObject()
        .put("channel", "webhook")
        .put("address", url)
        .put("contact", "owner@example.com");
  }

  Future<Optional<String>> ask(JsonObject wish) {
    return optIns.request(records.json.parse(wish), VISITOR, new Wording("sign-up", 1), "form");
  }

  /** Asks, and returns the token that only the message holds. */
  String token(JsonObject wish) {
    ask(wish).await();
    return proofs.token(number("select max(id) as number from opt_in"));
  }

  Confirmation confirm(String token, @Nullable String code) {
    return answers.confirm(token, VISITOR, code).await();
  }

  /** What was sent, in order: its kind and to whom. */
  List<String> notices() {
    List<String> notices = new ArrayList<>();
    records
        .pool
        .query("select kind, address from notice order by id")
        .execute()
        .await()
        .forEach(row -> notices.add(row.getString("kind") + " " + row.getString("address")));
    return notices;
  }

  int number(String sql) {
    return row(sql).getInteger("number");
  }

  Row row(String sql) {
    return records.pool.query(sql).execute().await().iterator().next();
  }

  void execute(String sql, Object... values) {
    records.pool.preparedQuery(sql).execute(Tuple.from(values)).await();
  }

  /** As if everything had been asked for so much earlier. */
  void age(Duration by) {
    execute(
        """
        update opt_in set requested_at = requested_at - $1 * interval '1 ms',
          expires_at = expires_at - $1 * interval '1 ms',
          challenged_at = challenged_at - $1 * interval '1 ms'
        """,
        (double) by.toMillis());
  }

  Subscriber subscriber(int id) {
    return records.subscribers.get(id).await();
  }

  @Override
  public void close() {
    records.close();
  }
}
