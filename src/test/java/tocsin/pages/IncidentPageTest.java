package tocsin.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tocsin.api.TestGateway;

/** The page that messages link to. */
class IncidentPageTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-15T11:00:00Z"));
  private static final TestGateway gateway =
      new TestGateway(it ->
          TestSite.pages(
              TestSite.of("Acme <Status>"),
              site -> List.of(new IncidentPage(it.incidents, it.catalogue, site, CLOCK)::mount)))
          .withCatalogue();

  @BeforeAll
  static void publish() {
    gateway.call(
        "POST",
        "/v1/incidents",
        """
        {"id": "web-outage", "title": "Errors & <delays>",
         "update": {"status": "investigating", "impact": "major",
           "body": {"en": "We **look** into it. <script>alert(1)</script> [x](javascript:alert(1)) [docs](https://example.com/a)",
                    "de": "Wir sehen nach."},
           "affects": [{"component": "web", "region": "north-america", "segment": "na-2"}],
           "nextUpdateBy": "2026-01-15T10:40:00Z"}}
        """);
    gateway.call(
        "POST",
        "/v1/incidents/web-outage/updates",
        "{\"status\": \"identified\", \"body\": \"# Found\\n\\nThe cause is known.\","
            + " \"nextUpdateBy\": \"2026-01-15T11:10:00Z\"}");
    gateway.call(
        "POST",
        "/v1/incidents",
        """
        {"id": "upgrade", "title": "Upgrade", "update": {"status": "scheduled", "body": "x",
          "affects": [{}], "scheduledFor": "2026-02-01T02:00:00Z", "scheduledUntil": "2026-02-01T04:00:00Z"}}
        """);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void theTimelineIsToldNewestFirstWithUtcTimes() {
    HttpResponse<String> response = page("/i/web-outage", "en");

    assertThat(response.statusCode()).isEqualTo(200);
    String html = response.body();
    assertThat(html).contains("<h1>Errors &amp; &lt;delays&gt;</h1>", "Acme &lt;Status&gt;");
    assertThat(
            Pattern.compile("id=\"update-([0-9])\"").matcher(html).results().map(m -> m.group(1)))
        .containsExactly("2", "1");
    assertThat(html)
        .contains(
            "Next update by <time datetime=\"2026-01-15T11:10:00Z\">15 January 2026, 11:10"
                + " UTC</time>")
        .contains("<strong>Web application</strong><ul><li>North America · na-2</li>")
        .doesNotContain("2026-01-15T10:40:00Z");
  }

  @Test
  void theWordsAreSanitised() {
    String html = page("/i/web-outage", "en").body();

    assertThat(html)
        .contains("<strong>look</strong>", "href=\"https://example.com/a\"", "<h4>Found</h4>")
        .doesNotContain("<script>", "javascript:");
  }

  @Test
  void germanReadersReadGerman() {
    HttpResponse<String> response = page("/i/web-outage", "de-CH, en;q=0.8");

    assertThat(response.headers().firstValue("Content-Language")).hasValue("de");
    assertThat(response.headers().firstValue("Vary").orElse(""))
        .containsIgnoringCase("accept-language");
    assertThat(response.body())
        .contains(
            "<html lang=\"de\"",
            "Wir sehen nach.",
            "Nächste Meldung bis",
            "15. Januar 2026, 11:10 UTC");
  }

  @Test
  void strangeLanguagesAreEnglish() {
    for (String header : List.of("xx", "*", ";;;", "de".repeat(500), "")) {
      assertThat(page("/i/web-outage", header).body()).contains("<html lang=\"en\"");
    }
  }

  @Test
  void aMaintenanceTellsItsWindow() {
    assertThat(page("/i/upgrade", "en").body())
        .contains("datetime=\"2026-02-01T02:00:00Z\"", "datetime=\"2026-02-01T04:00:00Z\"")
        .contains("<strong>Everything</strong><ul><li>all regions</li>");
  }

  @Test
  void everyWordIsThereInBothLanguages() {
    assertThat(Language.GERMAN.words().keySet()).isEqualTo(Language.ENGLISH.words().keySet());
  }

  @Test
  void nothingComesFromElsewhereAndNothingOfAStrangerRuns() {
    HttpResponse<String> response = page("/i/web-outage", "en");

    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "style-src 'self'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.body()).doesNotContain("style=", "onclick");
    List<String> files =
        Pattern.compile("(?:<link rel=\"(?:stylesheet|icon)\" href|<script src)=\"([^\"]+)\"")
            .matcher(response.body())
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(files).hasSize(4).allMatch(file -> file.startsWith("../assets/"));
    for (String file : files) {
      HttpResponse<String> asset = gateway.send(gateway.request(file.substring(2)));
      assertThat(asset.statusCode()).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
  }

  @Test
  void aBrokenPromiseIsCalledThat() {
    gateway.call(
        "POST",
        "/v1/incidents",
        """
        {"id": "silence", "title": "Silence", "update": {"status": "investigating", "body": "x",
          "impact": "minor", "affects": [{}], "nextUpdateBy": "2026-01-15T10:59:00Z"}}
        """);

    assertThat(page("/i/silence", "en").body())
        .contains(
            "The next update is late. It was due by <time datetime=\"2026-01-15T10:59:00Z\">");
  }

  @Test
  void timesAreToldByTheClockThatIsAskedFor() {
    assertThat(page("/i/web-outage?tz=Europe/Berlin", "de").body())
        .contains("15. Januar 2026, 12:10 UTC+01:00", "Alle Zeiten in Europe/Berlin.")
        .doesNotContain("data-clock=\"own\"");
    assertThat(page("/i/web-outage?tz=Mars/Base", "en").body())
        .contains("15 January 2026, 11:10 UTC<", "Times are in UTC.", "data-clock=\"own\"");
  }

  @Test
  void theLanguageCanBeChanged() {
    String html = page("/i/web-outage?lang=de", "en").body();

    assertThat(html).contains("<html lang=\"de\"", "<a href=\"?lang&#x3D;en\"");
  }

  @Test
  void anUnknownIncidentIsAPageToo() {
    HttpResponse<String> response = page("/i/none", "en");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("<h1>There is nothing here</h1>");
  }

  @Test
  void whatIsOnRecordOnlyIsNotPublic() {
    gateway.call(
        "POST",
        "/v1/incidents",
        """
        {"id": "slow-mail", "title": "Slow mail", "update": {"status": "investigating",
          "impact": "major", "body": "We look into it.", "affects": [{"component": "web"}]}}
        """);
    gateway.call(
        "POST",
        "/v1/incidents/slow-mail/updates",
        """
        {"status": "resolved", "impact": "minor", "body": "Ana restarted it.", "notify": false,
         "affects": [{"region": "north-america"}]}
        """);

    String html = page("/i/slow-mail", "en").body();

    assertThat(html)
        .contains("We look into it.", "<header class=\"head major\">", "<strong>Web application")
        .doesNotContain("Ana restarted it.", "id=\"update-2\"", "Resolved", "North America");
  }

  @Test
  void anIncidentOfWhichNothingIsPublicIsNotThere() {
    gateway.call(
        "POST",
        "/v1/incidents",
        """
        {"id": "drill", "title": "Fire drill", "update": {"status": "investigating",
          "body": "Only a drill.", "affects": [{}], "notify": false}}
        """);

    HttpResponse<String> response = page("/i/drill", "en");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).doesNotContain("drill");
  }

  private static HttpResponse<String> page(String path, String language) {
    return gateway.send(gateway.request(path).header("Accept-Language", language));
  }
}
