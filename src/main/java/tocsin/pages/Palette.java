package tocsin.pages;

import java.util.List;

/**
 * The brand's colour as it can be read: as text on the grounds of the style sheet, and under words
 * on buttons, by day and by night.
 *
 * @param accent for links, and behind the words of buttons
 * @param onAccent those words
 */
record Palette(Rgb accent, Rgb onAccent) {
  /** Of WCAG 2.2 AA for text, with some room for what is tinted. */
  private static final double BY_DAY = 5.0;

  /** Light words on a dark ground look thinner. */
  private static final double BY_NIGHT = 6.5;

  /** The lightest and the darkest ground in each scheme, as in the style sheet. */
  private static final List<Rgb> DAY = List.of(Rgb.of("#f5f4ef"), Rgb.of("#fffefb"));

  private static final List<Rgb> NIGHT = List.of(Rgb.of("#121419"), Rgb.of("#1a1d24"));

  static Palette day(Rgb brand) {
    return readable(brand, Rgb.BLACK, DAY, BY_DAY);
  }

  static Palette night(Rgb brand) {
    return readable(brand, Rgb.WHITE, NIGHT, BY_NIGHT);
  }

  /** The style sheet that goes with the common one. */
  static String css(Rgb brand) {
    return ":root{%s}@media (prefers-color-scheme:dark){:root{%s}}"
        .formatted(day(brand).variables(), night(brand).variables());
  }

  private String variables() {
    return "--accent:%s;--on-accent:%s".formatted(accent.hex(), onAccent.hex());
  }

  /** The nearest shade towards the end that every ground lets be read. */
  private static Palette readable(Rgb brand, Rgb end, List<Rgb> grounds, double contrast) {
    Rgb accent = brand;
    for (int percent = 0; percent <= 100; percent += 2) {
      Rgb shade = brand.mixed(end, percent);
      accent = shade;
      if (grounds.stream().allMatch(ground -> shade.contrast(ground) >= contrast)) {
        break;
      }
    }
    Rgb words = accent.contrast(Rgb.WHITE) >= accent.contrast(Rgb.BLACK) ? Rgb.WHITE : Rgb.BLACK;
    return new Palette(accent, words);
  }
}
