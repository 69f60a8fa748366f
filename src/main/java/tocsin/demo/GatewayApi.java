package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A gateway as its callers see it: HTTP and JSON, nothing else. Waits for each answer. */
public final class GatewayApi implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String JSON = "application/json";

  private final URI base;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  public GatewayApi(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  JsonObject get(String path) throws IOException {
    return json(send(request(path).GET()));
  }

  JsonObject put(String path, JsonObject body) throws IOException {
    return json(send(request(path).header("Content-Type", JSON).PUT(text(body))));
  }

  JsonObject patch(String path, JsonObject body) throws IOException {
    var patch = request(path).header("Content-Type", "application/merge-patch+json");
    return json(send(patch.method("PATCH", text(body))));
  }

  JsonObject post(String path, JsonObject body) throws IOException {
    return json(send(request(path).header("Content-Type", JSON).POST(text(body))));
  }

  /** Takes lines of JSON, separated by line feeds. */
  JsonObject postLines(String path, String lines) throws IOException {
    var post = request(path).header("Content-Type", "application/x-ndjson");
    return json(send(post.POST(BodyPublishers.ofString(lines))));
  }

  void delete(String path) throws IOException {
    send(request(path).DELETE());
  }

  /**
   * Creates something once, however often it is asked to under the same key.
   *
   * @return where it is: the path of the Location header
   */
  String create(String path, JsonObject body, String idempotencyKey) throws IOException {
    HttpResponse<String> answer =
        send(
            request(path)
                .header("Content-Type", JSON)
                .header("Idempotency-Key", idempotencyKey)
                .POST(text(body)));
    String location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("POST " + path + ": answered without a Location"));
    return base.resolve(location).getPath();
  }

  /**
   * One-click unsubscribe (RFC 8058): what a mail program sends to the mail's own link, but always
   * to this gateway, whatever host the link names.
   */
  void unsubscribe(URI link) throws IOException {
    send(
        HttpRequest.newBuilder(base.resolve(link.getRawPath()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new ApiException(
            request.method() + " " + request.uri().getPath(), answer.statusCode(), answer.body());
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at " + request.uri().getPath(), e);
    }
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return answer.body().isBlank() ? new JsonObject() : new JsonObject(answer.body());
  }

  private static BodyPublisher text(JsonObject json) {
    return BodyPublishers.ofString(json.encode());
  }
}
