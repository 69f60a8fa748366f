package tocsin.channel.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One request on its way; everything but the result belongs to one event loop. */
final class Post {
  private static final int LONGEST_BODY = 64 * 1024;

  private final RequestOptions to;
  private final Buffer content;
  private final Deadline deadline;
  private final Route route;
  private final Promise<Exchange> result = Promise.promise();
  private @Nullable Buffer body;
  private @Nullable HttpClientConnection connection;
  private @Nullable HttpClientResponse response;
  private boolean isSent;

  Post(RequestOptions to, Buffer content, Deadline deadline) {
    this.to = to;
    this.content = content;
    this.deadline = deadline;
    this.route = Route.of(to);
  }

  Route route() {
    return route;
  }

  Deadline deadline() {
    return deadline;
  }

  Future<Exchange> result() {
    return result.future();
  }

  /**
   * @param done told when the whole answer has come, and the connection may be used again
   * @param stale told instead when the connection takes no request
   */
  void start(HttpClientConnection over, Runnable done, Runnable stale) {
    if (result.future().isComplete()) {
      over.close();
      return;
    }
    connection = over;
    Future.succeededFuture()
        .compose(go -> over.request(to))
        .onSuccess(opened -> write(opened, done))
        .onFailure(refused -> {
          connection = null;
          stale.run();
        });
  }

  void unreachable(Throwable cause) {
    result.tryComplete(new Exchange.Unsent(cause));
  }

  /** Ends it now with what there is, and closes its connection. */
  void cut(Throwable cause) {
    HttpClientResponse head = response;
    if (head != null) {
      result.tryComplete(answered(head));
    } else {
      result.tryComplete(isSent ? new Exchange.Unanswered(cause) : new Exchange.Unsent(cause));
    }
    if (connection != null) {
      connection.close();
    }
  }

  private void write(HttpClientRequest opened, Runnable done) {
    isSent = true;
    Future.succeededFuture()
        .compose(go -> opened.send(content))
        .onSuccess(head -> read(head, done))
        .onFailure(broken -> result.tryComplete(new Exchange.Unanswered(broken)));
  }

  private void read(HttpClientResponse head, Runnable done) {
    response = head;
    head.exceptionHandler(broken -> result.tryComplete(answered(head)));
    head.endHandler(end -> {
      if (mayBeKept(head)) {
        connection = null;
        done.run();
      }
      result.tryComplete(answered(head));
    });
    head.handler(this::keep);
  }

  /** Whoever says that it closes the connection does (RFC 9112, 9.6); so does HTTP/1.0. */
  private static boolean mayBeKept(HttpClientResponse head) {
    String connection = head.getHeader(HttpHeaders.CONNECTION);
    return head.version() == HttpVersion.HTTP_1_1
        && (connection == null || !connection.toLowerCase(Locale.ROOT).contains("close"));
  }

  private void keep(Buffer chunk) {
    if (body == null) {
      body = Buffer.buffer();
    }
    int room = LONGEST_BODY - body.length();
    body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
    if (chunk.length() > room) {
      cut(new IllegalStateException("answer too long"));
    }
  }

  private Exchange answered(HttpClientResponse head) {
    return new Exchange.Answered(
        head.statusCode(), head.headers(), body == null ? Buffer.buffer() : body);
  }
}
