package tocsin.feedback.mail;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mail taken apart: its header, and the parts that have text in them. */
record ReadMail(Fields header, List<Part> parts) {

  /**
   * A leaf of the tree of parts.
   *
   * @param type in lower case
   * @param text decoded, at most 64 K characters, its lines ended by LF
   */
  record Part(String type, String text) {
    boolean isWords() {
      return type.startsWith("text/") && !type.equals("text/rfc822-headers");
    }

    /** The mail that a report is about, or its header. */
    boolean isMail() {
      return type.equals("message/rfc822")
          || type.equals("message/global")
          || type.equals("text/rfc822-headers")
          || type.equals("message/global-headers")
          || type.equals("message/partial");
    }

    /** Without markup. */
    String words() {
      return type.equals("text/html") ? Markup.removed(text) : text;
    }
  }

  ReadMail {
    parts = List.copyOf(parts);
  }

  Stream<Part> ofType(String... types) {
    List<String> wanted = List.of(types);
    return parts.stream().filter(part -> wanted.contains(part.type()));
  }

  /** What people may read, plain text before HTML. */
  String words() {
    Stream<Part> words =
        parts.stream().anyMatch(part -> part.type().equals("text/plain"))
            ? ofType("text/plain")
            : parts.stream().filter(Part::isWords);
    return words.map(Part::words).collect(Collectors.joining("\n\n"));
  }
}
