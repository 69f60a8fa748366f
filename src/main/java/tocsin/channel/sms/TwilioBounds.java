package tocsin.channel.sms;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long Twilio may take.
 *
 * @param connect for a connection, and again for its TLS handshake
 * @param total from the connection to the end of the answer
 * @param listing before its list surely shows what it took
 */
record TwilioBounds(Duration connect, Duration total, Duration listing) {
  static final TwilioBounds STANDARD =
      new TwilioBounds(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(5));

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  HttpClientOptions client() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setConnectTimeout((int) connect.toMillis())
        .setSslHandshakeTimeout(connect.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
        .setMetricsName("twilio");
  }
}
