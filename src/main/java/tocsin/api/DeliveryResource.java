package tocsin.api;

import io.vertx.core.Future;
import java.util.Map;
import tocsin.audience.DeliveryId;
import tocsin.audience.Subscribers;
import tocsin.delivery.Deliveries;
import tocsin.delivery.Delivery;
import tocsin.delivery.DeliveryJson;

/** The account of an update, its recipients, and what one subscriber was sent. */
public final class DeliveryResource implements Resource {
  private final Accounts accounts;
  private final Subscribers subscribers;
  private final Deliveries deliveries;

  public DeliveryResource(Accounts accounts, Subscribers subscribers, Deliveries deliveries) {
    this.accounts = accounts;
    this.subscribers = subscribers;
    this.deliveries = deliveries;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "getAccount", this::account,
        "listUpdateDeliveries", this::ofUpdate,
        "listSubscriberDeliveries", this::ofSubscriber);
  }

  private Future<Answer> account(Call call) {
    return accounts.update(call).compose(accounts::of).map(account -> Answer.ok(account.json()));
  }

  private Future<Answer> ofUpdate(Call call) {
    Page page = Page.of(call);
    DeliveryId after = page.afterDelivery();
    return accounts
        .update(call)
        .compose(update -> deliveries.ofUpdate(update.id(), after, page.limit()))
        .map(found -> page.of(call, "deliveries", found, DeliveryJson::print, this::cursor));
  }

  private Future<Answer> ofSubscriber(Call call) {
    Page page = Page.of(call);
    DeliveryId after = page.afterDelivery();
    return subscribers
        .get(call.number("subscriber"))
        .compose(subscriber -> deliveries.ofSubscriber(subscriber.id(), page.limit(), after))
        .map(found -> page.of(call, "deliveries", found, DeliveryJson::print, this::cursor));
  }

  private String cursor(Delivery delivery) {
    return delivery.id().toString();
  }
}
