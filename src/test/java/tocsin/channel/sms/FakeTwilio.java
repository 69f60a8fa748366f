package tocsin.channel.sms;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tocsin.Loopback;

/** Takes messages like Twilio, on loopback, and answers what the test says. */
final class FakeTwilio implements AutoCloseable {
  static final String SID = "SM" + "b".repeat(32);

  /** One create request. */
  record Post(String line, MultiMap headers, MultiMap form) {}

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final List<String> looks = new CopyOnWriteArrayList<>();
  private final List<JsonObject> listed = new CopyOnWriteArrayList<>();
  private final List<JsonObject> late = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Consumer<HttpServerRequest> answer =
      request -> created(request, "{\"sid\": \"" + SID + "\", \"status\": \"queued\"}");

  FakeTwilio(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1").await();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  /** Queries of the list of messages. */
  List<String> looks() {
    return looks;
  }

  void lists(JsonObject... messages) {
    listed.addAll(List.of(messages));
  }

  void listsAfterALook(JsonObject message) {
    late.add(message);
  }

  /** Takes the next message and says that it could not. */
  void takesAndAnswers(int status) {
    answers(request -> {
      lists(
          listed(String.valueOf(request.getFormAttribute("Body")), date(Instant.now()), "queued"));
      request.response().setStatusCode(status).end();
    });
  }

  static JsonObject listed(String body, String date, String status) {
    return new JsonObject()
        .put("sid", SID)
        .put("to", "+15005550009")
        .put("body", body)
        .put("date_created", date)
        .put("status", status);
  }

  static String date(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }

  List<Post> posts() {
    return posts;
  }

  void answers(Consumer<HttpServerRequest> next) {
    answer = next;
  }

  void answers(int status, String body) {
    answer = request -> request.response().setStatusCode(status).end(body);
  }

  void refuses(int status, int code) {
    answers(request -> refused(request, status, code));
  }

  static void refused(HttpServerRequest request, int status, int code) {
    request
        .response()
        .setStatusCode(status)
        .end(
            """
            {"code": %d, "message": "no +15005550009", "more_info": "", "status": %d}\
            """
                .formatted(code, status));
  }

  static void created(HttpServerRequest request, String body) {
    request.response().setStatusCode(201).putHeader("content-type", "application/json").end(body);
  }

  @Override
  public void close() {
    server.close().await();
    Loopback.awaitClosed(server.actualPort());
  }

  private void take(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      looks.add(request.uri());
      request.response().end(new JsonObject().put("messages", new JsonArray(listed)).encode());
      listed.addAll(late);
      late.clear();
      return;
    }
    request.setExpectMultipart(true);
    request.endHandler(end -> {
      posts.add(
          new Post(
              request.method() + " " + request.uri(), request.headers(), request.formAttributes()));
      answer.accept(request);
    });
  }
}
