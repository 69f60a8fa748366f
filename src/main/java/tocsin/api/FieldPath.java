package tocsin.api;

import java.util.regex.Pattern;

/** A field of a request: as people write it, {@code update.affects[0].region}, and as a pointer. */
final class FieldPath {
  /** Stands for the whole body. */
  private static final String BODY = "body";

  private static final Pattern INDEX = Pattern.compile("[0-9]+");
  private static final Pattern BRACKETS = Pattern.compile("\\[([0-9]+)]");

  private FieldPath() {}

  /** From a JSON pointer (RFC 6901). */
  static String of(String pointer) {
    if (pointer.isEmpty()) {
      return BODY;
    }
    StringBuilder path = new StringBuilder();
    for (String token : pointer.substring(1).split("/", -1)) {
      if (INDEX.matcher(token).matches()) {
        path.append('[').append(token).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(unescaped(token));
      }
    }
    return path.toString();
  }

  /** The name at the end of a pointer. */
  static String last(String pointer) {
    return unescaped(pointer.substring(pointer.lastIndexOf('/') + 1));
  }

  static String pointer(String path) {
    return path.equals(BODY)
        ? ""
        : "/"
            + BRACKETS
                .matcher(path.replace("~", "~0").replace("/", "~1"))
                .replaceAll(".$1")
                .replace('.', '/');
  }

  private static String unescaped(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }
}
