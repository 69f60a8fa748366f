package tocsin.render;

import org.jspecify.annotations.Nullable;

/**
 * Characters outside the GSM alphabet that have a twin inside it. One of them alone would more than
 * halve what a segment holds, and Twilio's smart encoding would put the twin there anyway.
 */
final class GsmLookalikes {
  private GsmLookalikes() {}

  static String replaced(String text) {
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints()
        .forEach(codePoint -> {
          String twin = twin(codePoint);
          if (twin == null) {
            replaced.appendCodePoint(codePoint);
          } else {
            replaced.append(twin);
          }
        });
    return replaced.toString();
  }

  private static @Nullable String twin(int codePoint) {
    return switch (codePoint) {
      case '`', 0x00B4, 0x02BC, 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2039, 0x203A -> "'";
      case 0x00AB, 0x00BB, 0x201C, 0x201D, 0x201E, 0x201F, 0x2033 -> "\"";
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 -> "-";
      case '\t', 0x00A0, 0x202F, 0x205F, 0x3000 -> " ";
      case 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A ->
          " ";
      case 0x00AD, 0x200B, 0x2060 -> "";
      case 0x2026 -> "...";
      case 0x2022, 0x00B7 -> "-";
      case 0x00BC -> "1/4";
      case 0x00BD -> "1/2";
      case 0x00BE -> "3/4";
      default -> null;
    };
  }
}
