package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.store.Answer;

/** Nobody takes all the room there is. */
class ConnectionLimitTest {
  private static final int MOST = 16;

  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    vertx.close().await();
  }

  @Test
  void aPeerThatHoldsManyGetsNoMoreUntilOneOfThemIsClosed() throws IOException {
    HttpServer server = listen(List.of());
    for (int i = 0; i < MOST / 8; i++) {
      assertThat(isAnswered(connect(server))).isTrue();
    }

    assertThat(isAnswered(connect(server))).isFalse();

    open.getFirst().close();
    Awaitility.await().until(() -> isAnswered(connect(server)));
  }

  @Test
  void aProxyOfOursHasTheRoomOfAll() throws IOException {
    HttpServer server = listen(List.of("127.0.0.1"));
    for (int i = 0; i < MOST; i++) {
      assertThat(isAnswered(connect(server))).isTrue();
    }

    assertThat(isAnswered(connect(server))).isFalse();
  }

  private HttpServer listen(List<String> proxies) {
    return Answer.of(
        vertx
            .createHttpServer()
            .connectionHandler(new ConnectionLimit(new ClientAddress(proxies), MOST))
            .requestHandler(request -> request.response().end("hello"))
            .listen(0, "127.0.0.1"));
  }

  private Socket connect(HttpServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    open.add(socket);
    return socket;
  }

  private static boolean isAnswered(Socket socket) {
    try {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException hungUp) {
      return false;
    }
  }
}
