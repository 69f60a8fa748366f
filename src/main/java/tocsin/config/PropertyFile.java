package tocsin.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The settings of one file in the format of {@link Properties}, UTF-8. */
final class PropertyFile {
  private final Path file;
  private final List<SettingsProblem> problems;

  PropertyFile(Path file, List<SettingsProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Writes into the map; what is wrong goes to the problems. */
  void readInto(Map<Key, Written> written) {
    load()
        .forEach((name, value) ->
            Key.ofProperty(name)
                .ifPresentOrElse(
                    key -> new Written(value, file.toString()).putInto(written, key),
                    () -> problem(name, "unknown key" + NearestName.hint(name, Key::property))));
  }

  private Map<String, String> load() {
    var entries = new TreeMap<String, String>();
    try (Reader reader = Files.newBufferedReader(file)) {
      new Recording(entries).load(reader);
    } catch (NoSuchFileException absent) {
      problem("--config", "there is no such file");
    } catch (CharacterCodingException notUtf8) {
      problem("--config", "the file is not UTF-8");
    } catch (IOException unreadable) {
      problem("--config", "the file cannot be read: " + unreadable.getMessage());
    } catch (IllegalArgumentException malformed) {
      problem("--config", "a \\u in the file is not followed by four hexadecimal digits");
    }
    return entries;
  }

  private void problem(String key, String detail) {
    problems.add(new SettingsProblem(key, file.toString(), detail));
  }

  /** Takes each entry as it is read: a plain Properties keeps the last of two in silence. */
  private final class Recording extends Properties {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, String> entries;

    Recording(Map<String, String> entries) {
      this.entries = entries;
    }

    @Override
    public synchronized Object put(Object key, Object value) {
      if (entries.put((String) key, (String) value) != null) {
        problem((String) key, "written twice; keep one");
      }
      return value;
    }

    @Override
    public synchronized boolean equals(Object other) {
      return this == other;
    }

    @Override
    public synchronized int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
