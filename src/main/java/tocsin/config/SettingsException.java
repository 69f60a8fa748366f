package tocsin.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with the settings, in one message. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<SettingsProblem> problems;

  SettingsException(List<SettingsProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  public List<SettingsProblem> problems() {
    return problems;
  }

  private static String message(List<SettingsProblem> problems) {
    String head = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "  " + problem)
        .collect(Collectors.joining("\n", head + " with the settings:\n", ""));
  }
}
