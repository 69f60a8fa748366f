package tocsin.audience;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.List;
import tocsin.incident.Catalogue;
import tocsin.incident.Dimension;
import tocsin.store.TestDatabase;

/** An empty database and everything that writes to it, for tests that wait for each step. */
final class Records implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final Pool pool = TestDatabase.fresh(vertx);
  final WebhookRules webhooks = new AnyWebhooks();
  final InstantSource clock = InstantSource.system();
  final SubscriberJson json = new SubscriberJson(webhooks, clock);
  final Catalogue catalogue = new Catalogue(pool);
  final Customers customers = new Customers(pool);
  final ConsentLog consents = new ConsentLog(pool);
  final Suppressions suppressions = new Suppressions(new AddressHash(new byte[32]));
  final Subscribers subscribers = new Subscribers(pool, json, webhooks, suppressions, clock);
  final SecretRotation rotation = new SecretRotation(pool, webhooks);
  final SubscriberImport imports = new SubscriberImport(vertx, pool, json, webhooks, suppressions);

  Records withCatalogue(List<String> components, List<String> regions) {
    components.forEach(
        id -> catalogue.put(Dimension.COMPONENT, new Catalogue.Entry(id, "The " + id)).await());
    regions.forEach(
        id -> catalogue.put(Dimension.REGION, new Catalogue.Entry(id, "The " + id)).await());
    return this;
  }

  int email(String address) {
    return create(new JsonObject().put("channel", "email").put("address", address));
  }

  int create(JsonObject registration) {
    return subscribers.create(json.parse(registration), "test").await().subscriber().id();
  }

  void leave(int subscriber) {
    new Leaving(pool).leave(subscriber, Evidence.of("link")).await();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
