package tocsin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.render.TemplateException;
import tocsin.store.Answer;
import tocsin.store.Database;
import tocsin.store.TestDatabase;

/** A whole gateway, and an endpoint of a customer that does as a test says. */
final class EndpointWorld implements AutoCloseable {
  private static final String KEY = "the-admin-key-of-the-tests";

  /** What reached the endpoint. */
  record Arrived(String id, JsonObject body) {}

  final Vertx vertx = Vertx.vertx();
  final List<Arrived> arrived = new CopyOnWriteArrayList<>();
  private final Pool pool;
  private final Gateway gateway;
  private final HttpServer endpoint;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Consumer<HttpServerRequest> behaviour = request -> request.response().end();

  EndpointWorld(Map<String, String> settings) {
    this(settings, TestDatabase.url());
  }

  EndpointWorld(Map<String, String> settings, DatabaseUrl url) {
    pool = Database.at(vertx, url).pool();
    endpoint =
        Answer.of(
            vertx
                .createHttpServer()
                .requestHandler(request ->
                    request
                        .body()
                        .onSuccess(body -> {
                          arrived.add(
                              new Arrived(
                                  String.valueOf(request.getHeader("webhook-id")),
                                  body.toJsonObject()));
                          behaviour.accept(request);
                        }))
                .listen(0, "127.0.0.1"));
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "TOCSIN_HTTP_HOST",
                "127.0.0.1",
                "TOCSIN_HTTP_PORT",
                "0",
                "TOCSIN_MANAGEMENT_PORT",
                "0",
                "TOCSIN_ADMIN_KEY",
                KEY,
                "TOCSIN_WEBHOOK_ALLOW",
                "127.0.0.1",
                "TOCSIN_DATABASE_URL",
                written(url)));
    environment.putAll(settings);
    try {
      gateway = Gateway.start(Settings.load(null, environment));
    } catch (SettingsException | TemplateException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  /** As {@code database.url} is set. */
  static String written(DatabaseUrl url) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(url.user(), url.password().value(), url.host(), url.port(), url.database());
  }

  void behaves(Consumer<HttpServerRequest> next) {
    behaviour = next;
  }

  void answers(int status) {
    behaves(request -> request.response().setStatusCode(status).end("because " + status));
  }

  /** The id of a new subscriber. */
  int subscribed(String... more) {
    JsonObject subscriber =
        new JsonObject()
            .put("channel", "webhook")
            .put("address", "http://127.0.0.1:" + endpoint.actualPort() + "/hook");
    for (int i = 0; i < more.length; i += 2) {
      subscriber.put(more[i], more[i + 1]);
    }
    return json(call("POST", "/v1/subscribers", subscriber.encode())).getInteger("id");
  }

  /** Of an incident of that id, which is opened by the first. */
  void published(String incident, String status) {
    JsonObject update =
        new JsonObject()
            .put("status", status)
            .put("impact", "major")
            .put("body", "We are on it.")
            .put("affects", new JsonArray().add(new JsonObject()));
    HttpResponse<String> known = call("GET", "/v1/incidents/" + incident, null);
    if (known.statusCode() == 404) {
      call(
          "POST",
          "/v1/incidents",
          new JsonObject().put("id", incident).put("title", "Web").put("update", update).encode());
    } else {
      call("POST", "/v1/incidents/" + incident + "/updates", update.encode());
    }
  }

  JsonObject account(String incident, int sequence) {
    return json(call("GET", "/v1/incidents/" + incident + "/updates/" + sequence, null))
        .getJsonObject("deliveries")
        .getJsonObject("webhook", new JsonObject().put("sent", 0).put("suppressed", 0));
  }

  JsonObject health(int subscriber) {
    return json(call("GET", "/v1/subscribers/" + subscriber, null)).getJsonObject("health");
  }

  long number(String query) {
    return Answer.of(pool.query(query).execute()).iterator().next().getLong(0);
  }

  void sql(String statement) {
    Answer.of(pool.query(statement).execute());
  }

  /** One of the database's own, to be closed. */
  SqlConnection connection() {
    return Answer.of(pool.getConnection());
  }

  /** All that it listens on. */
  List<URI> servers() {
    return List.of(gateway.local(), gateway.management());
  }

  /** As Prometheus reads them. */
  String metrics(String accept) {
    return send(HttpRequest.newBuilder(gateway.management().resolve("/metrics"))
            .header("Accept", accept))
        .body();
  }

  static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  HttpResponse<String> call(String method, String path, @Nullable String body) {
    return call(method, path, "application/json", body);
  }

  HttpResponse<String> call(String method, String path, String type, @Nullable String body) {
    return call(method, path, type, body, Map.of());
  }

  HttpResponse<String> call(
      String method, String path, String type, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.local() + path))
            .header("Authorization", "Bearer " + KEY)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", type);
    }
    headers.forEach(request::header);
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    gateway.close();
    Answer.of(vertx.close());
  }
}
