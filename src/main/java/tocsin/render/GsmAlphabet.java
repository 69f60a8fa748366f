package tocsin.render;

/** The default alphabet of GSM 03.38 and its extension table. */
final class GsmAlphabet {
  private static final String BASIC =
      "\n\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
          + "¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ";
  private static final String EXTENSION = "\f[\\]^{|}~€";

  private GsmAlphabet() {}

  static boolean covers(String text) {
    return text.codePoints().allMatch(c -> septets(c) > 0);
  }

  /** 1, or 2 with an escape, or 0 for what the alphabet lacks. */
  static int septets(int codePoint) {
    if (BASIC.indexOf(codePoint) >= 0) {
      return 1;
    }
    return EXTENSION.indexOf(codePoint) >= 0 ? 2 : 0;
  }
}
