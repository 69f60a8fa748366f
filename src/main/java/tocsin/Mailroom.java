package tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tocsin.audience.SignedReturnPath;
import tocsin.config.Settings;
import tocsin.feedback.Addressees;
import tocsin.feedback.BounceServer;
import tocsin.feedback.MailEvents;
import tocsin.feedback.MailHearing;

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

  private static SSLContext tls(Vertx vertx, Settings.PemFiles files) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new PemKeyCertOptions()
              .setCertPath(files.certificate().toString())
              .setKeyPath(files.key().toString())
              .getKeyManagerFactory(vertx)
              .getKeyManagers(),
          null,
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("bounce.tls.certificate and its key cannot be used", e);
    } catch (Exception e) { // what Vert.x declares
      throw new IllegalStateException("bounce.tls.certificate and its key cannot be read", e);
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
