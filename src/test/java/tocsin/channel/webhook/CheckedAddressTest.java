package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.channel.webhook.WebhookTestbed.NAME;
import static tocsin.channel.webhook.WebhookTestbed.PATIENT;
import static tocsin.channel.webhook.WebhookTestbed.message;
import static tocsin.channel.webhook.WebhookTestbed.policy;

import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

/** Where a name leads decides, at each attempt anew. */
class CheckedAddressTest {
  private static final Outcome FORBIDDEN =
      new Outcome.Rejected(Reason.FORBIDDEN_TARGET, "the host is not a public one");

  private final WebhookTestbed bed = new WebhookTestbed();
  private final AtomicInteger connections = new AtomicInteger();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aNameThatTurnsToLoopbackAfterRegistrationIsNotConnectedTo() {
    int port = loopback().actualPort();
    String url = "https://rebound.example:" + port + "/";
    TargetPolicy strict = policy(port);
    assertThat(strict.check(url)).isInstanceOf(Admission.Allowed.class);

    bed.knows("rebound.example", "127.0.0.1");

    assertThat(bed.sender(PATIENT, strict, options -> {}).send(message(url)).await())
        .isEqualTo(FORBIDDEN);
    assertThat(connections).hasValue(0);
  }

  @Test
  void theSameSendDoesConnectWhereTheAddressIsListed() {
    int port = loopback().actualPort();
    bed.knows("rebound.example", "127.0.0.1");

    bed.sender(PATIENT, policy(port, "127.0.0.1"), options -> {})
        .send(message("https://rebound.example:" + port + "/"))
        .await();

    assertThat(connections).hasValue(1);
  }

  @Test
  void theListDoesNotCoverTheNextAddress() {
    int port = loopback().actualPort();
    bed.knows("rebound.example", "127.0.0.1");

    assertThat(
            bed.sender(PATIENT, policy(port, "127.0.0.2/32", "other.test"), options -> {})
                .send(message("https://rebound.example:" + port + "/"))
                .await())
        .isEqualTo(FORBIDDEN);
    assertThat(connections).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1 127.0.0.1",
        "127.0.0.1 1.1.1.1",
        "2606:4700::1111 10.0.0.1",
        "1.1.1.1 fd00::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "169.254.169.254",
        "168.63.129.16"
      })
  void oneForbiddenAnswerIsEnough(String answers) {
    int port = loopback().actualPort();
    bed.knows("mixed.example", answers.split(" ", -1));

    assertThat(
            bed.sender(PATIENT, policy(port), options -> {})
                .send(message("https://mixed.example:" + port + "/"))
                .await())
        .isEqualTo(FORBIDDEN);
    assertThat(connections).hasValue(0);
  }

  @Test
  void eachAttemptAsksOnceAndConnectsToThatAnswer() {
    List<String> hosts = new CopyOnWriteArrayList<>();
    HttpServer server =
        bed.http(request -> {
          hosts.add(request.localAddress().hostAddress() + " " + request.getHeader("host"));
          request.response().end();
        });
    WebhookSender sender = bed.sender(PATIENT);

    bed.sendTo(sender, server.actualPort());
    bed.sendTo(sender, server.actualPort());

    assertThat(bed.lookups).hasValue(2);
    assertThat(hosts).containsOnly("127.0.0.1 " + NAME + ":" + server.actualPort()).hasSize(2);
  }

  @Test
  void aConnectionIsReusedByItsNameOnly() {
    HttpServer server =
        bed.vertx
            .createHttpServer()
            .connectionHandler(opened -> connections.incrementAndGet())
            .requestHandler(request -> request.response().end())
            .listen(0, "127.0.0.1")
            .await();
    bed.knows("other.test", "127.0.0.1");
    WebhookSender sender = bed.sender(PATIENT, policy(443, NAME, "other.test"), options -> {});

    for (int n = 0; n < 10; n++) {
      bed.sendTo(sender, server.actualPort());
    }
    // now and then the answer is there before the connection is back in its pool
    int opened = connections.get();
    assertThat(opened).isLessThan(5);

    sender.send(message("http://other.test:" + server.actualPort() + "/")).await();
    assertThat(connections).hasValue(opened + 1);
  }

  @Test
  void aNameWithoutAnAddressIsTriedAgain() {
    assertThat(
            bed.sender(PATIENT, policy(443), options -> {})
                .send(message("https://nowhere.example/"))
                .await())
        .isEqualTo(new Outcome.Deferred(Reason.CONNECTION, "the host has no address", null));
  }

  @Test
  void aNameServerThatDoesNotAnswerIsATimeout() {
    assertThat(
            bed.sender(PATIENT, policy(443), options -> {})
                .send(message("https://" + WebhookTestbed.SLOW_NAME + "/"))
                .await())
        .isEqualTo(new Outcome.Deferred(Reason.TIMEOUT, "no address in time", null));
  }

  @Test
  void aForbiddenUrlIsNotLookedUp() {
    assertThat(
            bed.sender(PATIENT, policy(443), options -> {})
                .send(message("https://127.0.0.1/"))
                .await())
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(bed.lookups).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void aListedLiteralNeedsNoLookUp(String host) {
    List<String> hosts = new CopyOnWriteArrayList<>();
    HttpServer server =
        bed.vertx
            .createHttpServer()
            .requestHandler(request -> {
              hosts.add(request.getHeader("host"));
              request.response().end();
            })
            .listen(0, host.replaceAll("[\\[\\]]", ""))
            .await();
    String authority = host + ":" + server.actualPort();

    assertThat(
            bed.sender(PATIENT, policy(443, "127.0.0.1", "::1"), options -> {})
                .send(message("http://" + authority + "/"))
                .await())
        .isEqualTo(new Outcome.Sent(""));
    assertThat(hosts).containsExactly(authority);
    assertThat(bed.lookups).hasValue(0);
  }

  private NetServer loopback() {
    return bed.raw(socket -> {
      connections.incrementAndGet();
      socket.close();
    });
  }
}
