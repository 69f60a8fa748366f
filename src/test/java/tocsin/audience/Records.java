package tocsin.audience;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.List;
import tocsin.incident.Catalogue;
import tocsin.incident.Dimension;
import tocsin.selfservice.Leaving;
import tocsin.store.TestDatabase;

/** An empty database and everything that writes to it, for tests that wait for each step. */
public final class Records implements AutoCloseable {
  public final Vertx vertx = Vertx.vertx();
  public final Pool pool = TestDatabase.fresh(vertx);
  public final WebhookRules webhooks = new AnyWebhooks();
  public final InstantSource clock = InstantSource.system();
  public final SubscriberJson json = new SubscriberJson(webhooks, clock);
  public final Catalogue catalogue = new Catalogue(pool);
  public final Customers customers = new Customers(pool);
  public final ConsentLog consents = new ConsentLog(pool);
  public final Suppressions suppressions = new Suppressions(new AddressHash(new byte[32]));
  public final Subscribers subscribers = new Subscribers(pool, json, webhooks, suppressions, clock);
  public final SecretRotation rotation = new SecretRotation(pool, webhooks);
  public final SubscriberImport imports =
      new SubscriberImport(vertx, pool, json, webhooks, suppressions);

  public Records withCatalogue(List<String> components, List<String> regions) {
    components.forEach(
        id -> catalogue.put(Dimension.COMPONENT, new Catalogue.Entry(id, "The " + id)).await());
    regions.forEach(
        id -> catalogue.put(Dimension.REGION, new Catalogue.Entry(id, "The " + id)).await());
    return this;
  }

  public int email(String address) {
    return create(new JsonObject().put("channel", "email").put("address", address));
  }

  public int create(JsonObject registration) {
    return subscribers.create(json.parse(registration), "test").await().subscriber().id();
  }

  public void leave(int subscriber) {
    new Leaving(pool).leave(subscriber, Evidence.of("link")).await();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
