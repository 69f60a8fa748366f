package tocsin.pages;

/** A colour, and what WCAG 2.2 says of it. */
record Rgb(int red, int green, int blue) {
  static final Rgb WHITE = new Rgb(255, 255, 255);
  static final Rgb BLACK = new Rgb(0, 0, 0);

  /** Of {@code #rrggbb}. */
  static Rgb of(String hex) {
    int bits = Integer.parseInt(hex.substring(1), 16);
    return new Rgb(bits >> 16, bits >> 8 & 0xff, bits & 0xff);
  }

  String hex() {
    return "#%02x%02x%02x".formatted(red, green, blue);
  }

  /** From 1 to 21 (WCAG 2.2, contrast ratio). */
  double contrast(Rgb other) {
    double mine = luminance() + 0.05;
    double its = other.luminance() + 0.05;
    return Math.max(mine, its) / Math.min(mine, its);
  }

  /**
   * Some of the other in this.
   *
   * @param percent of the other
   */
  Rgb mixed(Rgb other, int percent) {
    return new Rgb(
        mixed(red, other.red, percent),
        mixed(green, other.green, percent),
        mixed(blue, other.blue, percent));
  }

  private static int mixed(int mine, int its, int percent) {
    return Math.round((mine * (100 - percent) + its * percent) / 100f);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
