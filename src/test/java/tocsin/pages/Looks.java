package tocsin.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tocsin.pages.Chromium.Scheme;

/** Looks at a page on a phone and on a desk, by day and by night, in every language. */
final class Looks {
  static final int PHONE = 320;
  static final int DESK = 1_280;

  private Looks() {}

  /**
   * What stands in anybody's way. With {@code -Dpictures=FOLDER} its looks are kept there.
   *
   * @param open brings it up in a language
   */
  static List<String> wrong(Chromium chromium, String name, Consumer<String> open)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    for (int width : new int[] {PHONE, DESK}) {
      for (Language language : Language.values()) {
        for (Scheme scheme : Scheme.values()) {
          String look =
              "%s-%s-%d-%s".formatted(name, scheme, width, language.tag()).toLowerCase(Locale.ROOT);
          chromium.looks(width, scheme);
          open.accept(language.tag());
          chromium.violations().forEach(it -> wrong.add(look + " " + it));
          if (chromium.overflow() > 0) {
            wrong.add(look + " is wider than the screen by " + chromium.overflow());
          }
          String folder = System.getProperty("pictures", "");
          if (!folder.isEmpty()) {
            chromium.picture(Path.of(folder, look + ".png"));
          }
        }
      }
    }
    return wrong;
  }
}
