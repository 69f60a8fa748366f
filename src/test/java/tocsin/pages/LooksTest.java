package tocsin.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.api.TestGateway;
import tocsin.incident.PublicRecord;
import tocsin.pages.Chromium.Scheme;
import tocsin.pages.Chromium.Scripts;

/** Every page that tells of incidents, in a real browser. */
class LooksTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-15T11:00:00Z"));

  /** Spacing that readers may set (WCAG 2.2, 1.4.12). */
  private static final String SPACED =
      """
      const style = new CSSStyleSheet();
      style.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;'
        + ' word-spacing: .16em !important } p { margin-bottom: 2em !important }');
      document.adoptedStyleSheets = [style];
      """;

  private static final TestGateway gateway =
      new TestGateway(
              it -> {
                PublicRecord record = new PublicRecord(it.pool);
                return TestSite.pages(
                    TestSite.ACME,
                    site ->
                        List.of(
                            new OverviewPage(record, it.catalogue, site, CLOCK)::mount,
                            new IncidentPage(it.incidents, it.catalogue, site, CLOCK)::mount,
                            new Feed(record, it.catalogue, site)::mount));
              })
          .withCatalogue();
  private static Chromium chromium;

  /** The pages, as a name and a path. */
  enum Shown {
    OVERVIEW("/"),
    INCIDENT("/i/web-outage"),
    MAINTENANCE("/i/upgrade"),
    LATE("/i/silence"),
    MISSING("/i/none");

    private final String path;

    Shown(String path) {
      this.path = path;
    }

    String url(String language) {
      return "http://127.0.0.1:" + gateway.port() + path + "?lang=" + language;
    }
  }

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    Told.everything(gateway);
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingStandsInAnybodysWay(Shown page) throws IOException {
    assertThat(Looks.wrong(chromium, page.name(), language -> chromium.open(page.url(language))))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void spacedTextStillFits(Shown page) {
    chromium.looks(Looks.PHONE, Scheme.LIGHT).open(page.url("de")).run(SPACED);

    assertThat(chromium.overflow()).isZero();
    assertThat(chromium.run(CUT_OFF)).isEqualTo("0");
  }

  private static final String CUT_OFF =
      """
      return [...document.querySelectorAll('main *')].filter(it =>
        getComputedStyle(it).overflow === 'hidden' && !it.closest('svg, .nobody')
        && (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)).length
      """;

  @Test
  void timesAreThoseOfTheReadersClock() {
    chromium.looks(Looks.DESK, Scheme.LIGHT).reads("de-DE", "Asia/Kolkata");

    chromium.open(Shown.MAINTENANCE.url("de"));

    assertThat(chromium.find(".promise time").getText()).isEqualTo("1. Februar 2026 um 07:30");
    assertThat(chromium.find(".clock").getText()).contains("Asia/");
    chromium.reads("en-GB", "UTC");
  }

  @Test
  void withoutScriptsTimesAreUtc() {
    chromium.scripts(Scripts.OFF).open(Shown.MAINTENANCE.url("en"));

    assertThat(chromium.find(".promise time").getText()).isEqualTo("1 February 2026, 02:00 UTC");
    chromium.scripts(Scripts.ON);
  }
}
