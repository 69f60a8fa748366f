package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tocsin.channel.webhook.WebhookTestbed.PATIENT;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

/** Many callers at a time. */
class ManyWebhooksTest {
  private static final Outcome SENT = new Outcome.Sent("");

  private final WebhookTestbed bed = new WebhookTestbed();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpServerResponse> held = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    callers.shutdownNow();
    bed.close();
  }

  @Test
  void hundredsOfVirtualThreadsWaitAtTheSameTime() {
    HttpServer server = holding();
    WebhookSender sender = bed.sender(PATIENT);

    var sends = sends(300, () -> bed.sendTo(sender, server.actualPort()));
    await().until(() -> held.size() == 300);
    held.forEach(HttpServerResponse::end);

    assertThat(sends).extracting(CompletableFuture::join).containsOnly(SENT).hasSize(300);
  }

  @Test
  void aVirtualThreadVerticleSendsManyAtATime() {
    HttpServer server = holding();
    WebhookSender sender = bed.sender(PATIENT);
    Context lane = virtualThreadContext();

    CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();
    lane.runOnContext(go ->
        Future.all(
                IntStream.range(0, 50)
                    .mapToObj(i ->
                        lane.executeBlocking(() -> bed.sendTo(sender, server.actualPort()), false))
                    .toList())
            .onSuccess(all -> outcomes.complete(all.list())));
    await().until(() -> held.size() == 50);
    held.forEach(HttpServerResponse::end);

    assertThat(outcomes.join()).containsOnly(SENT).hasSize(50);
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

  @Test
  void aStoppedCallerCostsNoAttempt() throws Exception {
    HttpServer slow = holding();
    WebhookSender sender = bed.sender(PATIENT);
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    AtomicReference<Boolean> restored = new AtomicReference<>(false);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              outcome.set(bed.sendTo(sender, slow.actualPort()));
              restored.set(Thread.currentThread().isInterrupted());
            });
    await().until(() -> held.size() == 1);

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(outcome).hasValue(new Outcome.Deferred(Reason.LIMIT, "stopped", null));
    assertThat(restored).hasValue(true);
  }

  private HttpServer holding() {
    return bed.http(request -> request.body().onSuccess(body -> held.add(request.response())));
  }

  private List<CompletableFuture<Outcome>> sends(int count, Supplier<Outcome> send) {
    return IntStream.range(0, count)
        .mapToObj(i -> CompletableFuture.supplyAsync(send, callers))
        .toList();
  }

  private Context virtualThreadContext() {
    AtomicReference<Context> context = new AtomicReference<>();
    bed.vertx
        .deployVerticle(
            there -> {
              context.set(there);
              return Future.succeededFuture();
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    return context.get();
  }
}
