package tocsin.feedback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tocsin.store.Answer;

class BoundedFormTest {
  private static final Duration LONGEST = Duration.ofMillis(100);
  private static final Vertx vertx = Vertx.vertx();
  private static final HttpServer server = server();

  @AfterAll
  static void close() {
    Answer.of(vertx.close());
  }

  /** Answers only after a body would have been late. */
  private static HttpServer server() {
    Router router = Router.router(vertx);
    router
        .post("/")
        .handler(new BoundedForm(1_000, LONGEST))
        .handler(context -> vertx.setTimer(LONGEST.toMillis() * 3, later -> context.end("thanks")));
    return Answer.of(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedForLong() throws IOException {
    assertThat(status("Content-Length: 10", "name=")).isEqualTo("408");
    assertThat(status("Transfer-Encoding: gzip, chunked", "")).isEqualTo("408");
  }

  @Test
  void anAnswerMayTakeLongerThanABody() throws IOException {
    assertThat(status("Content-Length: 8", "name=Eve")).isEqualTo("200");
  }

  private static String status(String framing, String body) throws IOException {
    String type = "Content-Type: application/x-www-form-urlencoded";
    String request =
        String.join("\r\n", "POST / HTTP/1.1", "Host: localhost", type, framing, "", body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readNBytes(12), ISO_8859_1).substring(9);
    }
  }
}
