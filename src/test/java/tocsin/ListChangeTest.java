package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.store.Answer;

/** A change of the list that takes long, and an incident that does not wait for it. */
class ListChangeTest {
  private static final int PEOPLE = 2_000;

  private final GreenMail mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
  private EndpointWorld world;

  @BeforeEach
  void start() {
    mailbox.start();
    world =
        new EndpointWorld(
            Map.of(
                "TOCSIN_SMTP_HOST", "127.0.0.1",
                "TOCSIN_SMTP_PORT", Integer.toString(mailbox.getSmtp().getPort()),
                "TOCSIN_SMTP_STARTTLS", "off",
                "TOCSIN_MAIL_FROM", "status@example.com"));
  }

  @AfterEach
  void stop() {
    world.close();
    mailbox.stop();
  }

  @Test
  void anOpenChangeOfEverySubscriberDoesNotHoldUpAFanOut() {
    HttpResponse<String> imported =
        world.call("POST", "/v1/subscribers/import", "application/x-ndjson", people());
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    SqlConnection connection = world.connection();
    Transaction change = Answer.of(connection.begin());
    int changed =
        Answer.of(
                connection
                    .query(
                        """
                        update subscriber set locale = 'de',
                          subscriptions = '[{"minImpact": "critical"}]',
                          changed = pg_current_xact_id()
                        """)
                    .execute())
            .rowCount();
    assertThat(changed).isEqualTo(PEOPLE);

    world.published("web-down", "investigating");
    Awaitility.await().until(() -> mail("web-down").getInteger("sent") == PEOPLE);

    Answer.of(change.commit());
    Answer.of(connection.close());
    world.published("web-down-again", "investigating");
    Awaitility.await().until(() -> update("web-down-again").getString("progress").equals("done"));
    assertThat(mail("web-down-again").getInteger("audience")).isZero();
  }

  private JsonObject mail(String incident) {
    return update(incident)
        .getJsonObject("deliveries")
        .getJsonObject("email", new JsonObject().put("audience", 0).put("sent", 0));
  }

  private JsonObject update(String incident) {
    return EndpointWorld.json(world.call("GET", "/v1/incidents/" + incident + "/updates/1", null));
  }

  private static String people() {
    return IntStream.range(0, PEOPLE)
        .mapToObj(i ->
            new JsonObject()
                .put("channel", "email")
                .put("address", "person" + i + "@example.org")
                .put(
                    "consent",
                    new JsonObject().put("source", "contract").put("at", "2026-01-01T00:00:00Z"))
                .encode())
        .collect(Collectors.joining("\n"));
  }
}
