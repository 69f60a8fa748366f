package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Dialect;
import tocsin.channel.webhook.TargetPolicy;
import tocsin.channel.webhook.WebhookSender;
import tocsin.config.Settings.MailFrom;
import tocsin.render.Renderer;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.selfservice.EndpointChallenge.Endpoint;

/** An endpoint agrees by what only a receiver that was written for it answers. */
class EndpointQuestionTest {
  private static final URI URL = URI.create("https://status.example.com");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServerRequest> requests = new ArrayList<>();
  private final List<JsonObject> bodies = new ArrayList<>();
  private BiConsumer<HttpServerRequest, String> answer = (request, challenge) -> {};
  private HttpServer server;
  private EndpointQuestion question;

  @BeforeEach
  void start() throws TemplateException {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body -> {
                      requests.add(request);
                      bodies.add(new JsonObject(body));
                      answer.accept(request, challenge(body));
                    }))
            .listen(0, "127.0.0.1")
            .await();
    question = question(List.of("127.0.0.1"));
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void anEndpointThatAnswersWithTheChallengeAgrees() {
    for (String form :
        List.of("%s", " %s\n", "{\"challenge\":\"%s\"}", "{\"challenge\":\"%s\",\"ok\":1}")) {
      answer = (request, challenge) -> request.response().end(form.formatted(challenge));

      assertThat(echo()).as(form).isEmpty();
    }
    assertThat(requests)
        .allSatisfy(
            request -> assertThat(request.getHeader("webhook-signature")).startsWith("v1,"));
    assertThat(bodies).extracting(EndpointQuestionTest::challenge).doesNotHaveDuplicates();
  }

  @Test
  void whoAnswersAnythingElseDoesNot() {
    for (String form :
        List.of(
            "",
            "ok",
            "{}",
            "{\"challenge\":7}",
            "[\"%s\"]",
            "%s%s",
            "{\"data\":{\"challenge\":\"%s\"}}")) {
      answer = (request, challenge) -> request.response().end(form.formatted(challenge, challenge));

      assertThat(echo()).as(form).isPresent();
    }
  }

  @Test
  void theRightAnswerWithAWrongStatusDoesNot() {
    for (int status : List.of(201, 301, 404, 410, 500)) {
      answer = (request, challenge) -> request.response().setStatusCode(status).end(challenge);

      assertThat(echo().isEmpty()).as("%s", status).isEqualTo(status == 201);
    }
  }

  @Test
  void aBodyWithoutEndIsCutShort() {
    answer = (request, challenge) -> request.response().end(Buffer.buffer(new byte[4 << 20]));

    assertThat(echo()).isPresent();
  }

  @Test
  void anEndpointInsideIsNotAsked() throws TemplateException {
    question = question(List.of());

    assertThat(echo()).isPresent();
    assertThat(requests).isEmpty();
  }

  @Test
  void aCodeIsPostedInTheFormOfTheChat() {
    answer = (request, challenge) -> request.response().end("ok");

    assertThat(question.post(endpoint(Dialect.SLACK), "012345").await()).isEmpty();
    assertThat(question.post(endpoint(Dialect.TEAMS), "012345").await()).isEmpty();

    assertThat(bodies.getFirst().getString("text")).contains("012345").contains("Acme");
    assertThat(bodies.getLast().encode()).contains("012345").contains("AdaptiveCard");
  }

  @Test
  void aChannelThatIsGoneIsPostedNothing() {
    answer = (request, challenge) -> request.response().setStatusCode(404).end("no_service");

    assertThat(question.post(endpoint(Dialect.SLACK), "012345").await()).isPresent();
  }

  private Optional<String> echo() {
    return question.echo(endpoint(Dialect.NATIVE)).await();
  }

  private Endpoint endpoint(Dialect dialect) {
    String url = "http://127.0.0.1:" + server.actualPort() + "/hook";
    return new Endpoint(7, url, List.of(SECRET), dialect, "en");
  }

  private EndpointQuestion question(List<String> allowed) throws TemplateException {
    InstantSource clock = InstantSource.system();
    return new EndpointQuestion(
        new WebhookSender(vertx, new TargetPolicy(allowed, URL), clock),
        new Renderer(Templates.load(null), new MailFrom("status@example.com", "Acme"), URL),
        clock,
        new SecureRandom());
  }

  private static String challenge(Buffer body) {
    return challenge(new JsonObject(body));
  }

  private static String challenge(JsonObject event) {
    return event.getJsonObject("data", new JsonObject()).getString("challenge", "");
  }
}
