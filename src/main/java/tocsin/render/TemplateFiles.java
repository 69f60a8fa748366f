package tocsin.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built-in files, with those of the operator's folder in front of them. */
final class TemplateFiles {
  private static final Set<String> BUILT_IN_LOCALES = Set.of("de", "en");
  private static final Pattern WORDS = Pattern.compile("words/([A-Za-z0-9-]{2,35})\\.properties");

  private final Map<String, TemplateFile> overriding;

  TemplateFiles(Map<String, TemplateFile> overriding) {
    this.overriding = Map.copyOf(overriding);
  }

  Optional<TemplateFile> find(String name) {
    TemplateFile file = overriding.get(name);
    return file != null ? Optional.of(file) : packed(name);
  }

  /** Language tags of all words files, in order. */
  Set<String> locales() {
    Set<String> locales = new TreeSet<>(BUILT_IN_LOCALES);
    for (String name : overriding.keySet()) {
      Matcher words = WORDS.matcher(name);
      if (words.matches()) {
        locales.add(words.group(1));
      }
    }
    return locales;
  }

  /** One that is always there. */
  static TemplateFile builtIn(String name) {
    return packed(name).orElseThrow(() -> new IllegalStateException("no built-in " + name));
  }

  private static Optional<TemplateFile> packed(String name) {
    try (InputStream in = TemplateFiles.class.getResourceAsStream("/templates/" + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new TemplateFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("built-in template " + name, e);
    }
  }
}
