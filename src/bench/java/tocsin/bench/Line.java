package tocsin.bench;

import java.util.Locale;

/** The fields of a result, {@code name=value}, in the order in which they were added. */
final class Line {
  private final StringBuilder text = new StringBuilder();

  Line with(String name, String format, double value) {
    text.append(text.isEmpty() ? "" : " ").append(name).append('=');
    text.append(String.format(Locale.ROOT, format, value));
    return this;
  }

  Line with(String name, long value) {
    text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
