package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/** A file that comes with the pages. */
final class Resource {
  private Resource() {}

  static Map<String, String> properties(String name) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(name)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty));
  }

  static Reader reader(String name) {
    return new StringReader(text(name));
  }

  static String text(String name) {
    try (InputStream file = Resource.class.getResourceAsStream("/pages/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
