package tocsin.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings in the variables {@code TOCSIN_...}; {@code ..._FILE} names a file with a secret.
 */
final class EnvironmentVariables {
  private static final String FILE_SUFFIX = "_FILE";

  /** What Kubernetes sets in every pod beside a service named tocsin: not meant as settings. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "TOCSIN_(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.+)?)?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private final Map<String, String> environment;
  private final List<SettingsProblem> problems;

  EnvironmentVariables(Map<String, String> environment, List<SettingsProblem> problems) {
    this.environment = new TreeMap<>(environment);
    this.problems = problems;
  }

  /** Writes into the map over what is there; what is wrong goes to the problems. */
  void readInto(Map<Key, Written> written) {
    environment.forEach((name, value) -> {
      if (name.startsWith(Key.PREFIX)) {
        read(name, value, written);
      }
    });
  }

  private void read(String name, String value, Map<Key, Written> written) {
    Optional<Key> key = Key.ofVariable(name);
    if (isServiceLink(name, value, key)) {
      return;
    }
    if (key.isPresent()) {
      new Written(value, "environment " + name).putInto(written, key.get());
    } else if (name.endsWith(FILE_SUFFIX)) {
      readFile(name, value, written);
    } else {
      problem(name, "unknown variable" + NearestName.hint(name, Key::variable));
    }
  }

  private static boolean isServiceLink(String name, String value, Optional<Key> key) {
    return SERVICE_LINK.matcher(name).matches()
        && (key.isEmpty() || SERVICE_ADDRESS.matcher(value).matches());
  }

  private void readFile(String name, String path, Map<Key, Written> written) {
    String variable = name.substring(0, name.length() - FILE_SUFFIX.length());
    Optional<Key> key = Key.ofVariable(variable);
    if (key.isEmpty()) {
      problem(name, "unknown variable" + NearestName.hint(variable, Key::variable));
    } else if (!key.get().secret()) {
      problem(name, "only secrets are read from files; set " + variable);
    } else if (!environment.getOrDefault(variable, "").isBlank()) {
      problem(name, variable + " is set as well; keep one");
    } else if (!path.isBlank()) {
      content(name, Path.of(path))
          .ifPresent(content ->
              new Written(content, path + " named by " + name).putInto(written, key.get()));
    }
  }

  private Optional<String> content(String name, Path path) {
    try {
      String content = Files.readString(path).strip();
      if (content.isEmpty()) {
        problem(name, "the file " + path + " is empty");
      }
      return Optional.of(content);
    } catch (IOException unreadable) {
      problem(
          name,
          "the file " + path + " cannot be read (" + unreadable.getClass().getSimpleName() + ")");
      return Optional.empty();
    }
  }

  private void problem(String name, String detail) {
    problems.add(new SettingsProblem(name, "environment", detail));
  }
}
