package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.DeliveryId;
import tocsin.feedback.provider.EventProvider;
import tocsin.feedback.provider.ProviderEvent;
import tocsin.feedback.provider.ProviderEvent.Concerned;
import tocsin.feedback.provider.ProviderEvent.Left;
import tocsin.feedback.provider.ProviderEvent.Refused;
import tocsin.feedback.provider.ProviderEvent.Unwanted;

/**
 * Where a provider posts what became of mails: {@code POST /hooks/email/ses}, {@code /sendgrid},
 * {@code /mailgun}. Answers 403 to whoever is not the provider, 503 where a repeat would help, and
 * 204 when all is on record.
 */
public final class ProviderHook {
  private static final Logger log = LoggerFactory.getLogger(ProviderHook.class);
  private static final String PATH = "/hooks/email/";
  private static final int LARGEST_BODY = 1 << 20;

  private final EventProvider provider;
  private final MailSource source;
  private final MailEvents events;
  private final Holders holders;
  private final IntFunction<Future<Void>> unsubscribe;

  /**
   * @param unsubscribe the subscriber asked to leave
   */
  public ProviderHook(
      EventProvider provider,
      MailSource source,
      MailEvents events,
      Holders holders,
      IntFunction<Future<Void>> unsubscribe) {
    this.provider = provider;
    this.source = source;
    this.events = events;
    this.holders = holders;
    this.unsubscribe = unsubscribe;
  }

  public void mount(Router router) {
    router
        .post(PATH + provider.word())
        .handler(new BoundedForm(LARGEST_BODY))
        .handler(this::receive);
  }

  private void receive(RoutingContext context) {
    Buffer body = context.body().buffer();
    provider
        .events(context.request().headers(), body == null ? new byte[0] : body.getBytes())
        .compose(genuine -> heard(genuine).map(done -> genuine.isPresent() ? 204 : 403))
        .onSuccess(status -> context.response().setStatusCode(status).end())
        .onFailure(e -> {
          log.warn("callback.not_noted provider={} later=true", provider.word(), e);
          context.response().setStatusCode(503).end();
        });
  }

  private Future<Void> heard(Optional<List<ProviderEvent>> genuine) {
    if (genuine.isEmpty()) {
      log.warn("callback.refused provider={} reason=signature", provider.word());
      return Future.succeededFuture();
    }
    return Future.join(genuine.get().stream().map(this::heard).toList()).mapEmpty();
  }

  private Future<Void> heard(ProviderEvent event) {
    return switch (event) {
      case Refused refused ->
          events.bounced(
              new BounceEvent(
                  refused.delivery(),
                  refused.bounce(),
                  refused.status(),
                  refused.detail(),
                  source));
      case Unwanted unwanted ->
          recipient(unwanted.who())
              .compose(found ->
                  found
                      .map(delivery ->
                          events.complained(
                              new ComplaintEvent(
                                  delivery.subscriber(),
                                  delivery.audience(),
                                  unwanted.type(),
                                  unwanted.proof(),
                                  source)))
                      .orElseGet(Future::succeededFuture));
      case Left left ->
          recipient(left.who())
              .compose(found ->
                  found
                      .map(delivery -> unsubscribe.apply(delivery.subscriber()))
                      .orElseGet(Future::succeededFuture));
    };
  }

  private Future<Optional<DeliveryId>> recipient(Concerned who) {
    return switch (who) {
      case Concerned.Recipient(DeliveryId delivery) ->
          Future.succeededFuture(Optional.of(delivery));
      case Concerned.Holder(String address) ->
          holders.of(address).map(found -> found.map(id -> new DeliveryId(0, id)));
    };
  }
}
