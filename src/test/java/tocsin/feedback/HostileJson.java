package tocsin.feedback;

import java.util.Random;

/** Bodies that no provider posts: nested, endless, cut, of other kinds, and random. */
final class HostileJson {
  private final Random random;
  private final String genuine;

  HostileJson(Random random, String genuine) {
    this.random = random;
    this.genuine = genuine;
  }

  String next() {
    return switch (random.nextInt(9)) {
      case 0 -> "[".repeat(random.nextInt(20_000));
      case 1 -> "{\"signature\":".repeat(random.nextInt(5_000)) + "1";
      case 2 -> genuine.substring(0, random.nextInt(genuine.length()));
      case 3 -> changed();
      case 4 -> "[" + "{\"event\":[]},".repeat(random.nextInt(20_000)) + "7]";
      case 5 -> "{\"Type\":7,\"TopicArn\":{},\"signature\":[],\"event-data\":null}";
      case 6 -> "\"" + "\\u0000".repeat(random.nextInt(10_000)) + "\"";
      case 7 -> "9".repeat(1 + random.nextInt(5_000));
      default -> "x".repeat(2_000_000);
    };
  }

  private String changed() {
    StringBuilder changed = new StringBuilder(genuine);
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      changed.setCharAt(random.nextInt(changed.length()), (char) (32 + random.nextInt(95)));
    }
    return changed.toString();
  }
}
