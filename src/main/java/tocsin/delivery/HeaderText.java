package tocsin.delivery;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers as a bounded JSON object, without those that hold secrets. */
final class HeaderText {
  private static final int MOST = 20;
  private static final int LONGEST = 256;

  /** A signature that is cut cannot be checked; four keys of two schemes make one of 563. */
  private static final int LONGEST_SIGNATURE = 1_024;

  private static final String SIGNATURE = "webhook-signature";
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private HeaderText() {}

  static @Nullable String of(@Nullable MultiMap headers) {
    if (headers == null) {
      return null;
    }
    StringBuilder json = new StringBuilder(320).append('{');
    int left = MOST;
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (left > 0 && !SECRET.contains(lower)) {
        json.append(left == MOST ? "\"" : ",\"");
        left--;
        append(json, lower, LONGEST);
        json.append("\":\"");
        append(
            json,
            String.join(", ", headers.getAll(name)),
            lower.equals(SIGNATURE) ? LONGEST_SIGNATURE : LONGEST);
        json.append('"');
      }
    }
    return json.append('}').toString();
  }

  /** What is not printable ASCII becomes a question mark. */
  private static void append(StringBuilder json, String text, int longest) {
    for (int i = 0; i < Math.min(text.length(), longest); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c < ' ' || c > '~' ? '?' : c);
    }
  }
}
