package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.config.Settings.PemFiles;

/**
 * The certificate of the public server. Its files are read again now and then: whoever renews it
 * replaces them. What cannot be used leaves the one before in use.
 */
final class ServerCertificate {
  private static final Logger log = LoggerFactory.getLogger(ServerCertificate.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final PemFiles files;
  private Pair current;

  /** As the files hold it. */
  private record Pair(Buffer certificate, Buffer key) {
    PemKeyCertOptions options() {
      return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }
  }

  private ServerCertificate(Vertx vertx, PemFiles files, Pair current) {
    this.vertx = vertx;
    this.files = files;
    this.current = current;
  }

  /** Fails where a file cannot be read, or the two do not belong together. */
  static Future<ServerCertificate> read(Vertx vertx, PemFiles files) {
    return pair(vertx, files).map(first -> new ServerCertificate(vertx, files, first));
  }

  private static Future<Pair> pair(Vertx vertx, PemFiles files) {
    return content(vertx, files.certificate())
        .compose(certificate -> content(vertx, files.key()).map(key -> new Pair(certificate, key)))
        .compose(pair -> checked(vertx, pair));
  }

  private static Future<Pair> checked(Vertx vertx, Pair pair) {
    return vertx
        .executeBlocking(() -> {
          KeyPairCheck.require(vertx, pair.options());
          return true;
        })
        .map(fits -> pair);
  }

  private static Future<Buffer> content(Vertx vertx, Path file) {
    return vertx.fileSystem().readFile(file.toString());
  }

  PemKeyCertOptions options() {
    return current.options();
  }

  /** From now on, as long as the server lives. */
  void renew(HttpServer server) {
    vertx.setPeriodic(EVERY.toMillis(), id -> look(server));
  }

  /**
   * @return whether there was a new one, which is now in use
   */
  Future<Boolean> look(HttpServer server) {
    return pair(vertx, files)
        .compose(found ->
            found.equals(current)
                ? Future.succeededFuture(false)
                : server
                    .updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(found.options()))
                    .map(updated -> {
                      current = found;
                      log.info("tls.renewed certificate={}", files.certificate());
                      return true;
                    }))
        .onFailure(
            e -> log.warn("tls.not_renewed certificate={} before=in-use", files.certificate(), e))
        .otherwise(false);
  }
}
