package tocsin.bench;

import java.util.Locale;

/** The fields of a result, {@code name=value}, in the order in which they were added. */
final class Line {
  private final StringBuilder text = new StringBuilder();

  Line with(String name, String format, double value) {
    return add(name, String.format(Locale.ROOT, format, value));
  }

  Line with(String name, long value) {
    return add(name, Long.toString(value));
  }

  Line withRate(String name, double perSecond) {
    return add(name, rate(perSecond));
  }

  /** So many a second; what is slow keeps two places. */
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 100 ? "%.2f" : "%.0f", perSecond);
  }

  private Line add(String name, String value) {
    text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
