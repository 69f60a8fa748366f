package tocsin.channel.webhook;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who does TLS: BoringSSL where its library can be loaded, else the JDK. Both check certificates.
 */
final class TlsEngine {
  private static final Logger log = LoggerFactory.getLogger(TlsEngine.class);

  private static final boolean NATIVE = OpenSSLEngineOptions.isAvailable();

  static {
    if (NATIVE) {
      log.debug("tls.engine name=boringssl");
    } else {
      log.info("tls.engine name=jdk boringssl=unavailable");
    }
  }

  private TlsEngine() {}

  static boolean isNative() {
    return NATIVE;
  }

  /** A session is of use to the next connection to its host only, and most are not made. */
  static SSLEngineOptions options() {
    return NATIVE
        ? new OpenSSLEngineOptions().setSessionCacheEnabled(false)
        : new JdkSSLEngineOptions();
  }
}
