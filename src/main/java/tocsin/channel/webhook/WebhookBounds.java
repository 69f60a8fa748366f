package tocsin.channel.webhook;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much one endpoint may take of us.
 *
 * @param connect for a connection to one address, and again for its TLS handshake
 * @param total from the look-up of the name to the end of the answer
 */
record WebhookBounds(Duration connect, Duration total) {
  static final WebhookBounds STANDARD =
      new WebhookBounds(Duration.ofSeconds(5), Duration.ofSeconds(20));

  /** Shorter than servers keep an idle connection, which is 5 seconds with the impatient ones. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final int LARGEST_HEAD = 16 * 1024;

  HttpClientOptions client() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setConnectTimeout((int) connect.toMillis())
        .setSslHandshakeTimeout(connect.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
        .setMaxHeaderSize(LARGEST_HEAD)
        .setSslEngineOptions(TlsEngine.options())
        .setMetricsName("webhook");
  }
}
