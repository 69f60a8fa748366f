package tocsin.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was written where, the environment over the file, before anybody asks what it means. An
 * empty value counts as not written.
 */
record Sources(Map<Key, Written> written, List<SettingsProblem> problems) {
  Sources {
    written = Map.copyOf(written);
    problems = List.copyOf(problems);
  }

  static Sources read(@Nullable Path file, Map<String, String> environment) {
    var written = new EnumMap<Key, Written>(Key.class);
    var problems = new ArrayList<SettingsProblem>();
    if (file != null) {
      new PropertyFile(file, problems).readInto(written);
    }
    new EnvironmentVariables(environment, problems).readInto(written);
    followHttpPort(written);
    return new Sources(written, problems);
  }

  /** Who moves the port and says no more is reached at that port. */
  private static void followHttpPort(Map<Key, Written> written) {
    Written port = written.get(Key.HTTP_PORT);
    if (port != null && port.value().matches("[1-9][0-9]{0,4}")) {
      written.putIfAbsent(
          Key.PUBLIC_URL, new Written("http://localhost:" + port.value(), "follows http.port"));
    }
  }

  Optional<Written> of(Key key) {
    return Optional.ofNullable(written.get(key));
  }
}
