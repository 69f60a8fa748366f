package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Pace AT_ONCE = new Pace(1_000_000, Duration.ZERO);

  private record Post(String path, String key, JsonObject body) {}

  private final Vertx vertx = Vertx.vertx();
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private final HttpServer gateway =
      vertx.createHttpServer().requestHandler(this::accept).listen(0, "127.0.0.1").await();
  private final GatewayApi api =
      new GatewayApi(URI.create("http://127.0.0.1:" + gateway.actualPort()), "key");

  @AfterEach
  void close() {
    api.close();
    vertx.close().await();
  }

  @Test
  void firstLineOpensTheIncidentAndTheOthersUpdateIt() throws Exception {
    Replay replay = replay();

    assertThat(replay.next().path()).isEqualTo("/v1/incidents/tiny/updates/1");
    assertThat(replay.next().sequence()).isEqualTo(2);
    assertThat(replay.hasNext()).isFalse();
    assertThat(posts)
        .extracting(Post::path)
        .containsExactly("/v1/incidents", "/v1/incidents/tiny/updates");
    assertThat(posts).extracting(Post::key).doesNotHaveDuplicates();
    assertThat(posts.getFirst().body().getString("title")).isEqualTo("Tiny");
  }

  @Test
  void postIsRepeatedUnderTheSameKeyWhenTheGatewayIsInTrouble() throws Exception {
    refusals.add(503);

    assertThat(replay().next().sequence()).isEqualTo(1);
    assertThat(posts).hasSize(2);
    assertThat(posts.getLast()).isEqualTo(posts.getFirst());
  }

  @Test
  void postThatIsWrongIsNotRepeated() {
    refusals.add(422);

    assertThatThrownBy(() -> replay().next())
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("422");
    assertThat(posts).hasSize(1);
  }

  private Replay replay() {
    Recording recording = TinyWorld.recording("identified major", "resolved none");
    return new Replay(api, recording, AT_ONCE, InstantSource.system(), "run");
  }

  private void accept(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          String path = String.valueOf(request.path());
          String key = String.valueOf(request.getHeader("Idempotency-Key"));
          posts.add(new Post(path, key, body.toJsonObject()));
          Integer refusal = refusals.poll();
          int sequence = path.endsWith("updates") ? 2 : 1;
          request
              .response()
              .setStatusCode(refusal == null ? 202 : refusal)
              .putHeader("Location", "/v1/incidents/tiny/updates/" + sequence)
              .end();
        });
  }
}
