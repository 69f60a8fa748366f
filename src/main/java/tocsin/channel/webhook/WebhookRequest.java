package tocsin.channel.webhook;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Instant;
import tocsin.channel.Message;
import tocsin.channel.http.UserAgent;

/** The head of one attempt (Standard Webhooks). */
record WebhookRequest(Target target, MultiMap headers) {
  private static final CharSequence ID = HttpHeaders.createOptimized("webhook-id");
  private static final CharSequence TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
  private static final CharSequence SIGNATURE = HttpHeaders.createOptimized("webhook-signature");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence AGENT = HttpHeaders.createOptimized(UserAgent.VALUE);

  /**
   * @param signature the whole header
   * @param now when it was signed
   */
  static WebhookRequest of(Message.Webhook message, Target target, String signature, Instant now) {
    MultiMap headers =
        HttpHeaders.headers()
            .set(HttpHeaders.CONTENT_TYPE, JSON)
            .set(HttpHeaders.USER_AGENT, AGENT)
            .set(ID, message.id().toString())
            .set(TIMESTAMP, Long.toString(now.getEpochSecond()))
            .set(SIGNATURE, signature);
    return new WebhookRequest(target, headers);
  }

  /** Connects to exactly this address; Host, SNI and the certificate go by the name. */
  RequestOptions to(InetAddress address) {
    String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
        .setMethod(HttpMethod.POST)
        .setHost(host)
        .setPort(target.port())
        .setSsl(target.scheme() == Target.Scheme.HTTPS)
        .setURI(target.path())
        .setFollowRedirects(false)
        .setHeaders(headers);
  }
}
