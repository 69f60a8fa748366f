package tocsin.channel.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request on its way; everything but the result belongs to one event loop. */
final class Post {
  private static final int LONGEST_BODY = 64 * 1024;

  private final CompletableFuture<Exchange> result = new CompletableFuture<>();
  private final Buffer body = Buffer.buffer();
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;

  CompletableFuture<Exchange> result() {
    return result;
  }

  void start(HttpClient client, RequestOptions to, Buffer content) {
    Future.succeededFuture()
        .compose(go -> client.request(to))
        .onSuccess(opened -> write(opened, content))
        .onFailure(refused -> result.complete(new Exchange.Unsent(refused)));
  }

  /** Ends it now with what there is, and closes its connection. */
  void cut(Throwable cause) {
    HttpClientRequest sent = request;
    HttpClientResponse head = response;
    if (head != null) {
      result.complete(answered(head));
    } else {
      result.complete(sent == null ? new Exchange.Unsent(cause) : new Exchange.Unanswered(cause));
    }
    if (sent != null) {
      sent.reset();
    }
  }

  private void write(HttpClientRequest opened, Buffer content) {
    if (result.isDone()) {
      opened.reset();
      return;
    }
    request = opened;
    Future.succeededFuture()
        .compose(go -> opened.send(content))
        .onSuccess(this::read)
        .onFailure(broken -> result.complete(new Exchange.Unanswered(broken)));
  }

  private void read(HttpClientResponse head) {
    response = head;
    head.exceptionHandler(broken -> result.complete(answered(head)));
    head.endHandler(end -> result.complete(answered(head)));
    head.handler(this::keep);
  }

  private void keep(Buffer chunk) {
    int room = LONGEST_BODY - body.length();
    body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
    if (chunk.length() > room) {
      cut(new IllegalStateException("answer too long"));
    }
  }

  private Exchange answered(HttpClientResponse head) {
    return new Exchange.Answered(head.statusCode(), head.headers(), body);
  }
}
