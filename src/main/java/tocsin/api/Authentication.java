package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who calls, by {@code Authorization: Bearer KEY}, and whether they may. */
final class Authentication {
  private static final Pattern BEARER =
      Pattern.compile("bearer +(?<key>[!-~]{1,200}) *", Pattern.CASE_INSENSITIVE);
  private static final String CHALLENGE = "Bearer realm=\"tocsin\"";

  private final ApiKeys keys;

  Authentication(ApiKeys keys) {
    this.keys = keys;
  }

  /** Fails with a refusal where there is no such key, or its role does not include the one. */
  Future<Caller> caller(HttpServerRequest request, Role needed) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    Matcher bearer = BEARER.matcher(header == null ? "" : header);
    if (!bearer.matches()) {
      return Future.failedFuture(refusal("send the key as Authorization: Bearer KEY", CHALLENGE));
    }
    return keys.holder(bearer.group("key"))
        .compose(holder -> {
          if (holder.isEmpty()) {
            return Future.failedFuture(
                refusal("there is no such key", CHALLENGE + ", error=\"invalid_token\""));
          }
          Caller caller = holder.get();
          return caller.role().includes(needed)
              ? Future.succeededFuture(caller)
              : Future.failedFuture(forbidden(caller, needed));
        });
  }

  private static Refusal refusal(String detail, String challenge) {
    return new Refusal(ProblemType.UNAUTHENTICATED, detail, Map.of("WWW-Authenticate", challenge));
  }

  private static Refusal forbidden(Caller caller, Role needed) {
    return new Refusal(
        ProblemType.FORBIDDEN,
        "this needs the role " + needed.word() + "; the key has " + caller.role().word());
  }
}
