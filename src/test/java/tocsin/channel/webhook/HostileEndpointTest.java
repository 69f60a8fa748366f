package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tocsin.channel.webhook.WebhookTestbed.HASTY;
import static tocsin.channel.webhook.WebhookTestbed.PATIENT;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.Loopback;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

/** Endpoints that answer as no server should. */
class HostileEndpointTest {
  private static final long BUFFERS = 32L << 20;

  private final WebhookTestbed bed = new WebhookTestbed();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicLong flooded = new AtomicLong();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void anEndlessBodyIsCut() {
    NetServer server =
        answering(socket -> {
          socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
          flood(socket, "2000\r\n" + "x".repeat(0x2000) + "\r\n");
        });

    assertThat(bed.sendTo(bed.sender(PATIENT), server.actualPort()))
        .isEqualTo(new Outcome.Sent(""));
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
    assertThat(flooded).as("no more than the buffers on the way").hasValueLessThan(BUFFERS);
  }

  @Test
  void aBodyThatNeverEndsDoesNotUndoTheAnswer() {
    NetServer server =
        answering(socket -> socket.write("HTTP/1.1 410 Gone\r\ncontent-length: 10\r\n\r\nabc"));

    assertThat(bed.sendTo(bed.sender(HASTY), server.actualPort()))
        .isEqualTo(new Outcome.Rejected(Reason.GONE, "HTTP 410"));
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
  }

  @Test
  void endlessHeadersAreCut() {
    NetServer server =
        answering(socket -> {
          socket.write("HTTP/1.1 200 OK\r\n");
          flood(socket, "x-filler: " + "x".repeat(1000) + "\r\n");
        });

    assertDeferred(server, PATIENT, Reason.CONNECTION);
  }

  @Test
  void silenceEndsInTime() {
    NetServer server = answering(socket -> {});

    assertDeferred(server, HASTY, Reason.TIMEOUT);
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
  }

  @Test
  void drippingHeadersEndInTime() {
    NetServer server =
        answering(socket -> {
          socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
          bed.vertx.setPeriodic(20, tick -> socket.write("x"));
        });

    assertDeferred(server, HASTY, Reason.TIMEOUT);
    await().untilAsserted(() -> assertThat(closed).hasValue(1));
  }

  @Test
  void aConnectionClosedBeforeTheAnswerIsTriedAgain() {
    NetServer server = answering(NetSocket::close);

    assertDeferred(server, PATIENT, Reason.CONNECTION);
  }

  @Test
  void aConnectionClosedInsideTheHeadersIsTriedAgain() {
    NetServer server = answering(socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nx-half")));

    assertDeferred(server, PATIENT, Reason.CONNECTION);
  }

  @Test
  void whatIsNotHttpIsTriedAgain() {
    NetServer server = answering(socket -> socket.write("220 mail.example ESMTP\r\n"));

    assertDeferred(server, PATIENT, Reason.CONNECTION);
  }

  @Test
  void aRefusedConnectionIsTriedAgain() {
    NetServer server = answering(socket -> {});
    server.close().await();
    Loopback.awaitClosed(server.actualPort());

    assertDeferred(server, PATIENT, Reason.CONNECTION);
  }

  @Test
  void interimAnswersAreNotTheAnswer() {
    NetServer server =
        answering(socket ->
            socket.write(
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));

    assertThat(bed.sendTo(bed.sender(PATIENT), server.actualPort()))
        .isEqualTo(new Outcome.Sent(""));
  }

  private void assertDeferred(NetServer server, WebhookBounds bounds, Reason reason) {
    assertThat(bed.sendTo(bed.sender(bounds), server.actualPort()))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> assertThat(deferred.reason()).as(deferred.detail()).isEqualTo(reason));
  }

  /** Answers once the request has begun to come in. */
  private NetServer answering(Consumer<NetSocket> answer) {
    return bed.raw(socket -> {
      AtomicInteger chunks = new AtomicInteger();
      socket.exceptionHandler(cut -> {});
      socket.closeHandler(end -> closed.incrementAndGet());
      socket.handler(request -> {
        if (chunks.getAndIncrement() == 0) {
          answer.accept(socket);
        }
      });
    });
  }

  private void flood(NetSocket socket, String piece) {
    socket
        .write(piece)
        .onSuccess(written -> {
          flooded.addAndGet(piece.length());
          flood(socket, piece);
        });
  }
}
