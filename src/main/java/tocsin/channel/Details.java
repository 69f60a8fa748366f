package tocsin.channel;

/** What a provider said, made fit for a record: one line, bounded. */
final class Details {
  private static final int LONGEST = 200;

  private Details() {}

  static String bounded(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    return cut.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\uD800-\\uDFFF]+", " ").strip();
  }
}
