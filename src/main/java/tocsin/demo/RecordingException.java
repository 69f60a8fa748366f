package tocsin.demo;

import java.util.List;

/** A file that is no recording; tells everything that is wrong with it, by line. */
public final class RecordingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  RecordingException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** {@code line 3: after: ...}, in the order of the file; never empty. */
  public List<String> problems() {
    return problems;
  }
}
