package tocsin.fuzz;

import java.util.Random;

/** Makes of JSON what is none, or what means two things. ISO 8859-1 stands for octets. */
record BrokenText(Random random) {
  private static final int MEBIBYTE = 1 << 20;

  /**
   * @param json an object
   */
  String of(String json) {
    return switch (random.nextInt(16)) {
      case 0 -> json.substring(0, random.nextInt(json.length()));
      case 1 -> "[".repeat(random.nextInt(20_000));
      case 2 -> "{\"a\":".repeat(random.nextInt(5_000)) + "1";
      case 3 -> json.replaceFirst("\\{", "{\"title\":1,\"title\":2,");
      case 4 -> json + json;
      case 5 -> json + "\0";
      case 6 -> "\u00ef\u00bb\u00bf" + json;
      case 7 -> json.replaceFirst("\"", "\"\u00ed\u00a0\u0080");
      case 8 -> json.replaceFirst("\"", "\"\u00c3");
      case 9 -> json.replaceFirst(":", ":" + "9".repeat(1 + random.nextInt(2_000)) + ",\"x\":");
      case 10 -> json.replaceFirst(":", ":1e99999999999,\"x\":");
      case 11 -> json.replaceAll("(.)", "\0$1");
      case 12 -> "\"" + json.replace("\"", "\\\"") + "\"";
      case 13 -> octets(json);
      case 14 ->
          random.nextInt(6) == 0
              ? "{\"name\": \"" + "x".repeat(MEBIBYTE) + "\"}"
              : "{\"" + "n".repeat(1_500) + "\": 1}";
      default -> "";
    };
  }

  private String octets(String json) {
    StringBuilder changed = new StringBuilder(json);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(256));
    }
    return changed.toString();
  }
}
