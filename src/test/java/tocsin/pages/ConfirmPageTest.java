package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.api.TestGateway;
import tocsin.audience.LinkTokens;

/** Nobody confirms what they have not seen, and nobody guesses what was sent to somebody else. */
class ConfirmPageTest {
  private static final TestGateway gateway =
      new TestGateway(it ->
          TestSite.pages(
              TestSite.ACME,
              site -> TestSite.subscribing(it, new LinkTokens("a key".getBytes(UTF_8)), site)))
          .withCatalogue();
  private static int number = 100;

  private String path = "";

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void ask() {
    String form = "channel=sms&consent=yes&phone=%2B4915112340" + ++number;
    String picks = "&pick=web%3Aemea&pick=*%3Anorth-america&minImpact=major";
    path =
        gateway.postForm("/subscribe", form + picks).headers().firstValue("Location").orElseThrow();
    path = path.substring(1);
  }

  @Test
  void whatIsConfirmedCanBeReadBefore() {
    assertThat(gateway.send(gateway.request(path)).body())
        .contains(
            "<strong>Web application</strong> EMEA", "<strong>Everything</strong> North America")
        .contains("At least a major impact")
        .doesNotContain("12340" + number);
  }

  @Test
  void whoRunsOutOfTriesIsToldOfTheOtherWay() {
    for (int i = 0; i < 5; i++) {
      gateway.postForm(path, "code=wrong");
    }

    assertThat(gateway.postForm(path, "code=wrong").body()).contains("answer that text with YES");
  }
}
