package tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tocsin.api.ServerCertificate;
import tocsin.audience.SignedReturnPath;
import tocsin.config.Settings;
import tocsin.feedback.Addressees;
import tocsin.feedback.BounceServer;
import tocsin.feedback.MailEvents;
import tocsin.feedback.MailHearing;
import tocsin.store.Answer;

/** Where mail to the gateway comes in, if any is to. */
final class Mailroom implements AutoCloseable {
  private final @Nullable BounceServer server;

  private Mailroom(@Nullable BounceServer server) {
    this.server = server;
  }

  /**
   * Listens from now on where the settings say so.
   *
   * @param unsubscribe the subscriber asks to leave
   */
  static Mailroom open(
      Vertx vertx,
      Settings settings,
      Keys keys,
      MailEvents events,
      IntFunction<Future<Void>> unsubscribe,
      MeterRegistry registry) {
    Settings.BounceServer bounces = settings.feedback().bounces();
    if (bounces == null) {
      return new Mailroom(null);
    }
    Settings.Mail mail = settings.mail();
    SignedReturnPath returnPath =
        keys.ways().returnPath() instanceof SignedReturnPath signed ? signed : null;
    Addressees addressees =
        new Addressees(
            returnPath,
            mail.bounceDomain(),
            mail.unsubscribe(),
            keys.ways().tokens(),
            InstantSource.system());
    return new Mailroom(
        BounceServer.open(
            bounces.host(),
            bounces.port(),
            settings.mailName(),
            bounces.tls() == null ? null : tls(vertx, bounces.tls()),
            new MailHearing(addressees, events, unsubscribe, registry)));
  }

  /** The certificate in use, which is renewed from now on. */
  private static Supplier<SSLContext> tls(Vertx vertx, Settings.PemFiles files) {
    ServerCertificate certificate = Answer.of(ServerCertificate.read(vertx, files));
    var current = new AtomicReference<>(context(vertx, certificate.options()));
    certificate.renew(options ->
        vertx.executeBlocking(() -> {
          current.set(context(vertx, options));
          return true;
        }));
    return current::get;
  }

  private static SSLContext context(Vertx vertx, PemKeyCertOptions options) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(options.getKeyManagerFactory(vertx).getKeyManagers(), null, null);
      return context;
    } catch (Exception e) { // what Vert.x declares
      throw new IllegalStateException("a certificate that was read cannot be used", e);
    }
  }

  /** Takes no more mail. */
  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
