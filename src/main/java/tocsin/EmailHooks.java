package tocsin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import tocsin.config.Settings;
import tocsin.feedback.Holders;
import tocsin.feedback.MailEvents;
import tocsin.feedback.MailSource;
import tocsin.feedback.ProviderHook;
import tocsin.feedback.provider.AmazonSns;
import tocsin.feedback.provider.EventProvider;
import tocsin.feedback.provider.MailgunEvents;
import tocsin.feedback.provider.SendGridEvents;
import tocsin.feedback.provider.SesEvents;
import tocsin.feedback.provider.SpentTokens;

/** Where mail providers post, for those whose key or topic is set. */
final class EmailHooks {
  private EmailHooks() {}

  /**
   * @param unsubscribe the subscriber asked to leave
   */
  static List<Consumer<Router>> of(
      Vertx vertx,
      Settings.Feedback settings,
      Pool pool,
      MailEvents events,
      IntFunction<Future<Void>> unsubscribe) {
    InstantSource clock = InstantSource.system();
    Holders holders = new Holders(pool);
    List<Consumer<Router>> hooks = new ArrayList<>();
    if (!settings.sesTopics().isEmpty()) {
      hooks.add(
          hook(
              new SesEvents(settings.sesTopics(), new AmazonSns(vertx), clock),
              MailSource.SES,
              events,
              holders,
              unsubscribe));
    }
    if (settings.sendgridKey() != null) {
      hooks.add(
          hook(
              new SendGridEvents(settings.sendgridKey(), clock),
              MailSource.SENDGRID,
              events,
              holders,
              unsubscribe));
    }
    if (settings.mailgunKey() != null) {
      hooks.add(
          hook(
              new MailgunEvents(settings.mailgunKey().value(), new SpentTokens(pool), clock),
              MailSource.MAILGUN,
              events,
              holders,
              unsubscribe));
    }
    return hooks;
  }

  private static Consumer<Router> hook(
      EventProvider provider,
      MailSource source,
      MailEvents events,
      Holders holders,
      IntFunction<Future<Void>> unsubscribe) {
    return new ProviderHook(provider, source, events, holders, unsubscribe)::mount;
  }
}
