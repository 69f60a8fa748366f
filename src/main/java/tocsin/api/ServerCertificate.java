package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.config.Settings.PemFiles;

/**
 * The certificate of a server. Its files are read again now and then: whoever renews it replaces
 * them. What cannot be used leaves the one before in use.
 */
public final class ServerCertificate {
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

  /** What was read, and what of it tells for how long it is good. */
  private record Found(Pair pair, X509Certificate certificate) {}

  private ServerCertificate(Vertx vertx, PemFiles files, Pair current) {
    this.vertx = vertx;
    this.files = files;
    this.current = current;
  }

  /**
   * Fails with {@link UnusableCertificateException} where a file cannot be read, or the two do not
   * belong together. One that is out of date is used with a warning: it is better than no server.
   */
  public static Future<ServerCertificate> read(Vertx vertx, PemFiles files) {
    return found(vertx, files)
        .map(first -> {
          warnOutOfDate(files, first.certificate());
          return new ServerCertificate(vertx, files, first.pair());
        })
        .recover(e -> Future.failedFuture(new UnusableCertificateException(files, e)));
  }

  private static void warnOutOfDate(PemFiles files, X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateException outOfDate) {
      log.warn(
          "tls.out_of_date certificate={} from={} until={}",
          files.certificate(),
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant());
    }
  }

  private static Future<Found> found(Vertx vertx, PemFiles files) {
    return content(vertx, files.certificate())
        .compose(certificate -> content(vertx, files.key()).map(key -> new Pair(certificate, key)))
        .compose(pair ->
            vertx.executeBlocking(
                () -> new Found(pair, KeyPairCheck.require(vertx, pair.options()))));
  }

  private static Future<Buffer> content(Vertx vertx, Path file) {
    return vertx.fileSystem().readFile(file.toString());
  }

  /** The one in use. */
  public PemKeyCertOptions options() {
    return current.options();
  }

  /**
   * From now on, for as long as Vert.x lives.
   *
   * @param use puts a new one in use
   */
  public void renew(Function<PemKeyCertOptions, Future<?>> use) {
    vertx.setPeriodic(EVERY.toMillis(), id -> look(use));
  }

  /**
   * @return whether there was a new one, which is now in use
   */
  Future<Boolean> look(Function<PemKeyCertOptions, Future<?>> use) {
    return found(vertx, files)
        .compose(found ->
            found.pair().equals(current) ? Future.succeededFuture(false) : renewed(found, use))
        .onFailure(
            e -> log.warn("tls.not_renewed certificate={} before=in-use", files.certificate(), e))
        .otherwise(false);
  }

  private Future<Boolean> renewed(Found found, Function<PemKeyCertOptions, Future<?>> use) {
    try {
      found.certificate().checkValidity();
    } catch (CertificateException outOfDate) {
      return Future.failedFuture(outOfDate);
    }
    return use.apply(found.pair().options())
        .map(used -> {
          current = found.pair();
          log.info("tls.renewed certificate={}", files.certificate());
          return true;
        });
  }
}
