package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tocsin.channel.webhook.WebhookTestbed.PATIENT;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.channel.Outcome;

/** Many at a time. */
class ManyWebhooksTest {
  private static final Outcome SENT = new Outcome.Sent("");

  private final WebhookTestbed bed = new WebhookTestbed();
  private final List<HttpServerResponse> held = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void hundredsAreUnderWayAtTheSameTime() {
    HttpServer server = holding();
    WebhookSender sender = bed.sender(PATIENT);

    List<Future<Outcome>> sends = sends(300, sender, server.actualPort());
    await().until(() -> held.size() == 300);
    held.forEach(HttpServerResponse::end);

    assertThat(sends).extracting(sent -> sent.await()).containsOnly(SENT).hasSize(300);
  }

  @Test
  void anEventLoopThatSendsIsNotHeldUp() {
    HttpServer server = holding();
    WebhookSender sender = bed.sender(PATIENT);

    CompletableFuture<List<Future<Outcome>>> sends = new CompletableFuture<>();
    bed.vertx.runOnContext(go -> sends.complete(sends(50, sender, server.actualPort())));
    assertThat(sends.join()).hasSize(50);
    await().until(() -> held.size() == 50);
    held.forEach(HttpServerResponse::end);

    assertThat(sends.join()).extracting(sent -> sent.await()).containsOnly(SENT);
  }

  @Test
  void aConnectionIsUsedAgainUnlessTheServerSaysThatItCloses() {
    AtomicInteger connections = new AtomicInteger();
    HttpServer keeping = answering(connections, "keep-alive");
    HttpServer closing = answering(connections, "close");
    WebhookSender sender = bed.sender(PATIENT);

    for (int i = 0; i < 20; i++) {
      assertThat(bed.sendTo(sender, keeping.actualPort())).isEqualTo(SENT);
    }
    assertThat(connections).hasValue(1);
    for (int i = 0; i < 20; i++) {
      assertThat(bed.sendTo(sender, closing.actualPort())).isEqualTo(SENT);
    }
    assertThat(connections).hasValue(21);
  }

  private HttpServer answering(AtomicInteger connections, String connection) {
    return bed.vertx
        .createHttpServer()
        .connectionHandler(opened -> connections.incrementAndGet())
        .requestHandler(request ->
            request.response().putHeader("connection", connection).setStatusCode(204).end())
        .listen(0, "127.0.0.1")
        .await();
  }

  private HttpServer holding() {
    return bed.http(request -> request.body().onSuccess(body -> held.add(request.response())));
  }

  private List<Future<Outcome>> sends(int count, WebhookSender sender, int port) {
    return IntStream.range(0, count).mapToObj(i -> bed.beginTo(sender, port)).toList();
  }
}
