package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who calls, by {@code Authorization: Bearer KEY}, and whether they may. Who shows many wrong keys
 * is not heard for the rest of the minute, unless by a key that was right just before.
 */
final class Authentication {
  private static final Pattern BEARER =
      Pattern.compile("bearer +(?<key>[!-~]{1,200}) *", Pattern.CASE_INSENSITIVE);
  private static final String CHALLENGE = "Bearer realm=\"tocsin\"";

  private static final int MOST_WRONG_A_MINUTE = 60;

  private final ApiKeys keys;
  private final ClientAddress addresses;
  private final InstantSource clock;
  private final ClientRate wrong;

  Authentication(ApiKeys keys, ClientAddress addresses, InstantSource clock) {
    this.keys = keys;
    this.addresses = addresses;
    this.clock = clock;
    this.wrong = new ClientRate(addresses, MOST_WRONG_A_MINUTE, clock);
  }

  /** Fails with a refusal where there is no such key, or its role does not include the one. */
  Future<Caller> caller(HttpServerRequest request, Role needed) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    Matcher bearer = BEARER.matcher(header == null ? "" : header);
    if (!bearer.matches()) {
      return Future.failedFuture(refusal("send the key as Authorization: Bearer KEY", CHALLENGE));
    }
    String key = bearer.group("key");
    String client = addresses.of(request);
    return keys.holder(key)
        .compose(holder -> {
          if (holder.isEmpty()) {
            return Future.failedFuture(wrong(client));
          }
          Caller caller = holder.get();
          return caller.role().includes(needed)
              ? Future.succeededFuture(caller)
              : Future.failedFuture(forbidden(caller, needed));
        });
  }

  /** Right keys are let in whoever else guesses from there. */
  private Refusal wrong(String client) {
    Duration wait = wrong.wait(client, clock.instant());
    if (!wait.isZero()) {
      return tooMany(wait);
    }
    wrong.ask(client, clock.instant());
    return refusal("there is no such key", CHALLENGE + ", error=\"invalid_token\"");
  }

  private static Refusal refusal(String detail, String challenge) {
    return new Refusal(ProblemType.UNAUTHENTICATED, detail, Map.of("WWW-Authenticate", challenge));
  }

  private static Refusal tooMany(Duration wait) {
    return new Refusal(
        ProblemType.TOO_MANY_REQUESTS,
        "too many wrong keys",
        Map.of(HttpHeaders.RETRY_AFTER.toString(), Long.toString(wait.toSeconds() + 1)));
  }

  private static Refusal forbidden(Caller caller, Role needed) {
    return new Refusal(
        ProblemType.FORBIDDEN,
        "this needs the role " + needed.word() + "; the key has " + caller.role().word());
  }
}
