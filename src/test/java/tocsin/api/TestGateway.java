package tocsin.api;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tocsin.audience.AddressHash;
import tocsin.audience.AudienceIndex;
import tocsin.audience.ConsentLog;
import tocsin.audience.Customers;
import tocsin.audience.Erasure;
import tocsin.audience.LinkTokens;
import tocsin.audience.Recipients;
import tocsin.audience.SecretRotation;
import tocsin.audience.SubscriberExport;
import tocsin.audience.SubscriberImport;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Subscribers;
import tocsin.audience.SuppressionList;
import tocsin.audience.Suppressions;
import tocsin.channel.webhook.EndpointRules;
import tocsin.channel.webhook.TargetPolicy;
import tocsin.channel.webhook.WebhookSender;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.delivery.DeadLetters;
import tocsin.delivery.Deliveries;
import tocsin.delivery.Endpoints;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.LoggedAttempts;
import tocsin.delivery.Parked;
import tocsin.delivery.PersonalData;
import tocsin.delivery.Replays;
import tocsin.delivery.Told;
import tocsin.dispatch.DryRun;
import tocsin.dispatch.EndpointTest;
import tocsin.dispatch.Forecasts;
import tocsin.dispatch.Preparation;
import tocsin.dispatch.SenderPool;
import tocsin.incident.Catalogue;
import tocsin.incident.Controls;
import tocsin.incident.Dimension;
import tocsin.incident.Inbox;
import tocsin.incident.Incidents;
import tocsin.limit.Limits;
import tocsin.render.Renderer;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.OptInProofs;
import tocsin.selfservice.OptInRules;
import tocsin.selfservice.OptIns;
import tocsin.store.Audit;
import tocsin.store.TestDatabase;
import tocsin.trace.Traces;

/** The API over a real server and a database of its own, without the engine. */
public final class TestGateway implements AutoCloseable {
  public static final String ADMIN = "tocsin_the-admin-key-of-the-tests";
  static final int MOST_STREAMS = 5;
  static final int MOST_OPT_INS = 40;
  private static final Duration LIFETIME = Duration.ofDays(2);
  public static final URI PUBLIC_URL = URI.create("https://status.example.com");

  public final Vertx vertx = Vertx.vertx();
  public final Pool pool;
  public final Subscribers subscribers;
  public final Suppressions suppressions;
  public final Incidents incidents;
  public final Catalogue catalogue;
  public final ApiKeys keys;
  public final Readiness readiness;
  final EventResource events;
  public final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ContractCheck contract = new ContractCheck(vertx);
  private final HttpServers servers;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public TestGateway() {
    this(gateway -> List.of());
  }

  /** With more than the API on its public port. */
  public TestGateway(Function<TestGateway, List<Consumer<Router>>> more) {
    this(more, TestDatabase::fresh);
  }

  TestGateway(Function<TestGateway, List<Consumer<Router>>> more, Function<Vertx, Pool> database) {
    pool = database.apply(vertx);
    var clock = Clock.systemUTC();
    var random = new SecureRandom();
    var rules = new EndpointRules(new TargetPolicy(List.of(), PUBLIC_URL), random);
    var json = new SubscriberJson(rules, clock);
    suppressions = new Suppressions(new AddressHash(new byte[32]));
    subscribers = new Subscribers(pool, json, rules, suppressions, clock);
    incidents = new Incidents(pool);
    catalogue = new Catalogue(pool);
    keys = new ApiKeys(pool, ADMIN, random);
    readiness = new Readiness(pool);
    var audiences = new FrozenAudiences(pool);
    var endpoints = new Endpoints(pool);
    var sender =
        new WebhookSender(vertx, new TargetPolicy(List.of("127.0.0.1"), PUBLIC_URL), clock);
    var deliveries = new Deliveries(pool, audiences);
    var controls = new Controls(pool);
    var preparation = preparation();
    var forecasts = new Forecasts(pool, audiences, preparation, clock);
    var dryRun =
        new DryRun(
            pool, new AudienceIndex(pool), new Told(pool, audiences), preparation, forecasts);
    var accounts = new Accounts(incidents, controls, deliveries, forecasts);
    events = new EventResource(vertx, accounts, MOST_STREAMS);
    Api api =
        Api.of(
            Contract.load(vertx).await(),
            keys,
            new ClientAddress(List.of()),
            new Audit(pool),
            List.of(
                new CatalogueResource(catalogue, Dimension.COMPONENT, "Component"),
                new CatalogueResource(catalogue, Dimension.REGION, "Region"),
                new CustomerResource(new Customers(pool)),
                new SubscriberResource(subscribers, json, endpoints),
                new EndpointResource(
                    subscribers,
                    new LoggedAttempts(pool),
                    new Recipients(pool),
                    new Replays(pool, audiences),
                    new EndpointTest(sender, renderer(), clock, random),
                    clock),
                new ConsentResource(subscribers, new ConsentLog(pool)),
                new RightsResource(
                    subscribers,
                    new PersonalData(pool, deliveries),
                    new Erasure(pool, suppressions)),
                new SuppressionResource(new SuppressionList(pool, suppressions)),
                new OptInResource(
                    new OptIns(
                        pool,
                        new OptInProofs(new LinkTokens(new byte[16]), new OptInCodes(new byte[16])),
                        suppressions,
                        rules,
                        new OptInRules(MOST_OPT_INS, LIFETIME, Set.of())),
                    json,
                    LIFETIME),
                new SecretResource(new SecretRotation(pool, rules)),
                new SubscriberFiles(
                    new SubscriberImport(vertx, pool, json, rules, suppressions),
                    new SubscriberExport(pool)),
                new IncidentResource(new Inbox(pool), incidents, dryRun, clock, random, Traces.OFF),
                new DeliveryResource(accounts, subscribers, deliveries),
                new ControlResource(accounts, controls),
                new DeadLetterResource(new DeadLetters(pool, audiences)),
                new ParkedResource(new Parked(pool)),
                events,
                new LimitResource(new Limits(pool)),
                new KeyResource(keys),
                new AuditResource(new Audit(pool))),
            new SimpleMeterRegistry(),
            clock);
    List<Consumer<Router>> surfaces = new ArrayList<>(List.of(api::mount));
    surfaces.addAll(more.apply(this));
    servers =
        HttpServers.start(vertx, settings(), surfaces, new Management(readiness, metrics), random)
            .await();
  }

  private Preparation preparation() {
    return new Preparation(
        renderer(), catalogue, new Incidents(pool), SenderPool.of("+15005550006"));
  }

  private static Renderer renderer() {
    try {
      return new Renderer(
          Templates.load(null),
          new Settings.MailFrom("status@example.com", "Acme Status"),
          PUBLIC_URL);
    } catch (TemplateException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private static Settings settings() {
    try {
      return Settings.load(
          null,
          Map.of(
              "TOCSIN_HTTP_HOST", "127.0.0.1",
              "TOCSIN_HTTP_PORT", "0",
              "TOCSIN_MANAGEMENT_PORT", "0",
              "TOCSIN_PUBLIC_URL", PUBLIC_URL.toString()));
    } catch (SettingsException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  public int port() {
    return servers.port();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + servers.port() + path));
  }

  public HttpRequest.Builder management(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + servers.managementPort() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpRequest built = request.build();
      HttpResponse<String> response = client.send(built, BodyHandlers.ofString());
      contract.check(built, response);
      return response;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** As the admin. */
  public HttpResponse<String> postForm(String path, String form) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  public HttpResponse<String> call(String method, String path) {
    return send(as(ADMIN, path).method(method, BodyPublishers.noBody()));
  }

  /** As the admin, with JSON. */
  public HttpResponse<String> call(String method, String path, String json) {
    return send(
        as(ADMIN, path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  HttpRequest.Builder as(String key, String path) {
    return request(path).header("Authorization", "Bearer " + key);
  }

  /** A new key of the role. */
  String key(String name, Role role) {
    return keys.create(name, role).await().key();
  }

  /** A catalogue of one component in two regions. */
  public TestGateway withCatalogue() {
    call("PUT", "/v1/components/web", "{\"name\": \"Web application\"}");
    call("PUT", "/v1/regions/north-america", "{\"name\": \"North America\"}");
    call("PUT", "/v1/regions/emea", "{\"name\": \"EMEA\"}");
    return this;
  }

  public long count(String table) {
    return pool.query("select count(*) n from " + table)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong("n");
  }

  static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  @Override
  public void close() {
    servers.close().await();
    vertx.close().await();
  }
}
