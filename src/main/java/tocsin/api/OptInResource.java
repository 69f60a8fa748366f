package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Wording;
import tocsin.config.Literals;
import tocsin.incident.Problem;
import tocsin.selfservice.OptIns;
import tocsin.selfservice.TooManyOptIns;
import tocsin.selfservice.Visitor;

/** {@code /v1/opt-ins}: what people asked for on a page that is not ours. */
public final class OptInResource implements Resource {
  private static final String WORDING = "wording";
  private static final String IP = "ip";
  private static final String USER_AGENT = "userAgent";
  private static final Set<String> OF_THE_VISIT = Set.of(WORDING, IP, USER_AGENT);

  private final OptIns optIns;
  private final SubscriberJson json;
  private final Duration lifetime;

  /**
   * @param lifetime how long an opt-in can be confirmed
   */
  public OptInResource(OptIns optIns, SubscriberJson json, Duration lifetime) {
    this.optIns = optIns;
    this.json = json;
    this.lifetime = lifetime;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("createOptIn", this::create);
  }

  private Future<Answer> create(Call call) {
    JsonObject body = call.body();
    JsonObject wish = body.copy();
    OF_THE_VISIT.forEach(wish::remove);
    return optIns
        .request(json.parse(wish), visitor(body), wording(body), "api:" + call.caller().name())
        .recover(failure -> Future.failedFuture(refused(failure)))
        .map(
            new Answer.Document(
                202, Map.of(), new JsonObject().put("lifetime", lifetime.toString())));
  }

  private static Visitor visitor(JsonObject body) {
    String ip = body.getString(IP);
    if (ip != null && Literals.parse(ip).isEmpty()) {
      throw Problem.validation(IP, "must be an IPv4 or IPv6 address").exception();
    }
    return new Visitor(ip, body.getString(USER_AGENT));
  }

  private static @Nullable Wording wording(JsonObject body) {
    JsonObject wording = body.getJsonObject(WORDING);
    return wording == null
        ? null
        : new Wording(wording.getString("id"), wording.getInteger("version"));
  }

  private static Throwable refused(Throwable failure) {
    return failure instanceof TooManyOptIns tooMany ? refusal(tooMany) : failure;
  }

  private static Refusal refusal(TooManyOptIns tooMany) {
    Map<String, String> headers =
        Map.of(HttpHeaders.RETRY_AFTER.toString(), Long.toString(tooMany.retryAfter().toSeconds()));
    return switch (tooMany.source()) {
      case VISITOR ->
          new Refusal(ProblemType.TOO_MANY_REQUESTS, "too many opt-ins from this visitor", headers);
      case EVERYBODY ->
          new Refusal(ProblemType.UNAVAILABLE, "too many opt-ins within the hour", headers);
    };
  }
}
