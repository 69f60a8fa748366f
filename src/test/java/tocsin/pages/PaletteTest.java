package tocsin.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever colour a brand has, its links and buttons can be read. */
class PaletteTest {
  private static final double TEXT = 4.5;

  @ParameterizedTest
  @CsvSource({"#000000, 21.0", "#ffffff, 1.0", "#767676, 4.54", "#0000ff, 8.59"})
  void contrastIsThatOfTheSpecification(String hex, double ratio) {
    assertThat(Rgb.of(hex).contrast(Rgb.WHITE)).isCloseTo(ratio, within(0.01));
    assertThat(Rgb.of(hex).hex()).isEqualTo(hex);
  }

  @Test
  void everyColourBecomesReadableByDayAndByNight() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      Rgb brand = new Rgb(random.nextInt(256), random.nextInt(256), random.nextInt(256));
      String which = brand.hex() + " seed " + seed;
      readable(which, Palette.day(brand), List.of("#f5f4ef", "#fffefb"));
      readable(which, Palette.night(brand), List.of("#121419", "#1a1d24"));
    }
  }

  @Test
  void aReadableColourStaysAsItIs() {
    assertThat(Palette.day(Rgb.of("#1f5c63")).accent().hex()).isEqualTo("#1f5c63");
  }

  @Test
  void theGroundsAreThoseOfTheStyleSheet() {
    String css = Resource.text("style.css");

    assertThat(css).contains("--ground: #f5f4ef", "--paper: #fffefb");
    assertThat(css).contains("--ground: #121419", "--paper: #1a1d24");
  }

  private static void readable(String which, Palette palette, List<String> grounds) {
    for (String ground : grounds) {
      assertThat(palette.accent().contrast(Rgb.of(ground))).as(which).isGreaterThan(TEXT);
    }
    assertThat(palette.onAccent().contrast(palette.accent())).as(which).isGreaterThan(TEXT);
  }
}
