package tocsin.feedback.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** SNS itself, over HTTPS: certificates are kept for a day. */
public final class AmazonSns implements SnsWeb, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int LARGEST = 64 * 1024;

  private final WebClient client;
  private final Cache<URI, X509Certificate> certificates =
      Caffeine.newBuilder().maximumSize(20).expireAfterWrite(Duration.ofDays(1)).build();

  public AmazonSns(Vertx vertx) {
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setConnectTimeout(Math.toIntExact(LONGEST.toMillis())));
  }

  @Override
  public Future<PublicKey> signingKey(URI url) {
    X509Certificate known = certificates.getIfPresent(url);
    Future<X509Certificate> certificate =
        known != null
            ? Future.succeededFuture(known)
            : get(url)
                .compose(AmazonSns::parsed)
                .onSuccess(fetched -> certificates.put(url, fetched));
    return certificate.map(X509Certificate::getPublicKey);
  }

  @Override
  public Future<Void> confirm(URI url) {
    return get(url).mapEmpty();
  }

  @Override
  public void close() {
    client.close();
  }

  private Future<Buffer> get(URI url) {
    return client
        .getAbs(url.toString())
        .timeout(LONGEST.toMillis())
        .send()
        .compose(answer -> taken(url, answer));
  }

  private static Future<Buffer> taken(URI url, HttpResponse<Buffer> answer) {
    Buffer body = answer.body();
    return answer.statusCode() == 200 && body != null && body.length() <= LARGEST
        ? Future.succeededFuture(body)
        : Future.failedFuture(url.getHost() + " answered " + answer.statusCode());
  }

  private static Future<X509Certificate> parsed(Buffer pem) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem.getBytes()));
      certificate.checkValidity();
      return Future.succeededFuture(certificate);
    } catch (CertificateException unusable) {
      return Future.failedFuture(unusable);
    }
  }
}
