package tocsin.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages are dressed in. */
class BrandTest {
  @TempDir private Path folder;

  @Test
  void theSendersNameIsTheBrandUnlessThereIsAnother() throws SettingsException {
    Map<String, String> from = Map.of("TOCSIN_MAIL_FROM", "Acme Status <s@example.com>");

    assertThat(Settings.load(null, from).brand().name()).isEqualTo("Acme Status");
    assertThat(
            Settings.load(
                    null,
                    Map.of(
                        "TOCSIN_MAIL_FROM", "Acme <s@example.com>", "TOCSIN_BRAND_NAME", "Acme Co"))
                .brand()
                .name())
        .isEqualTo("Acme Co");
  }

  @Test
  void aLogoIsReadWithItsType() throws SettingsException, IOException {
    Path file = Files.writeString(folder.resolve("logo.SVG"), "<svg/>");

    LogoFile logo =
        requireNonNull(
            Settings.load(null, Map.of("TOCSIN_BRAND_LOGO", file.toString())).brand().logo());

    assertThat(logo.mediaType()).isEqualTo("image/svg+xml");
    assertThat(logo.content()).asString().isEqualTo("<svg/>");
  }

  @Test
  void aLargeLogoIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("logo.png"), new byte[256 * 1024 + 1]);

    assertThatThrownBy(() -> Settings.load(null, Map.of("TOCSIN_BRAND_LOGO", file.toString())))
        .hasMessageContaining("256 KB");
  }

  @ParameterizedTest
  @CsvSource({
    "BRAND_COLOR, red",
    "BRAND_COLOR, #12345",
    "BRAND_URL, javascript:alert(1)",
    "BRAND_TERMS, //example.com",
    "BRAND_PRIVACY, example.com/privacy",
    "BRAND_LOGO, logo.gif",
    "HTTP_PROXIES, proxy.example.com",
    "HTTP_PROXIES, 10.0.0.0/40"
  })
  void whatMeansNothingIsAProblem(String key, String value) {
    assertThatThrownBy(() -> Settings.load(null, Map.of("TOCSIN_" + key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key.toLowerCase(Locale.ROOT).replace('_', '.'));
  }
}
