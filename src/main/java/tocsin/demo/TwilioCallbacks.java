package tocsin.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The provider's later word on a text: one signed POST each. */
final class TwilioCallbacks {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int CONNECTIONS = 16;

  private final String account;
  private final String authToken;
  private final Vertx vertx;
  private final HttpClient client;

  TwilioCallbacks(Vertx vertx, String account, String authToken) {
    this.vertx = vertx;
    this.account = account;
    this.authToken = authToken;
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /**
   * Reports in the order of its fate and gives up at the first report that is not taken.
   *
   * @param callback null, or not on loopback: reports nothing
   */
  void report(@Nullable String callback, String sid, String from, String to, TwilioFate fate) {
    if (callback == null || !LOOPBACK.contains(String.valueOf(URI.create(callback).getHost()))) {
      return;
    }
    String url = callback.replaceFirst("#.*", "");
    Future<Void> reported = Future.succeededFuture();
    for (String status : fate.reports()) {
      SortedMap<String, String> fields =
          new TreeMap<>(
              Map.of(
                  "AccountSid", account,
                  "ApiVersion", "2010-04-01",
                  "From", from,
                  "MessageSid", sid,
                  "MessageStatus", status,
                  "SmsSid", sid,
                  "SmsStatus", status,
                  "To", to));
      if (fate.code() != 0 && (status.equals("undelivered") || status.equals("failed"))) {
        fields.put("ErrorCode", Integer.toString(fate.code()));
      }
      reported =
          reported
              .compose(before -> vertx.timer(fate.delay().toMillis() + 1, TimeUnit.MILLISECONDS))
              .compose(now -> post(url, fields));
    }
  }

  Future<Void> close() {
    return client.close();
  }

  private Future<Void> post(String url, SortedMap<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .setTimeout(TIMEOUT.toMillis())
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .putHeader("X-Twilio-Signature", signature(url, fields));
    return client
        .request(options)
        .compose((HttpClientRequest request) -> request.send(form))
        .compose(TwilioCallbacks::taken);
  }

  private static Future<Void> taken(HttpClientResponse response) {
    return response.statusCode() / 100 == 2
        ? response.end()
        : Future.failedFuture("callback answered " + response.statusCode());
  }

  /** The URL, then names and values in the order of the names, under HMAC-SHA1. */
  private String signature(String url, SortedMap<String, String> fields) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      mac.update(url.getBytes(StandardCharsets.UTF_8));
      fields.forEach((name, value) -> mac.update((name + value).getBytes(StandardCharsets.UTF_8)));
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
