package tocsin.channel.email;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server answered.
 *
 * @param code three digits (RFC 5321, 4.2)
 * @param lines without the code and what follows it; one at least
 */
record Reply(int code, List<String> lines) {
  private static final Pattern ENHANCED =
      Pattern.compile("[245]\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])\\s*");
  private static final Pattern QUEUED =
      Pattern.compile("(?i)\\bqueued as <?([^\\s>;,)]+)|\\bid[=: ]\\s*<?([^\\s>;,)]+)");

  /** The two parts of an enhanced code (RFC 3463) that tell why; zeros where there is none. */
  record Status(int subject, int detail) {
    static final Status UNKNOWN = new Status(0, 0);

    boolean isUnknown() {
      return subject == 0;
    }
  }

  Status status() {
    Matcher enhanced = ENHANCED.matcher(lines.getFirst());
    return enhanced.lookingAt()
        ? new Status(Integer.parseInt(enhanced.group(1)), Integer.parseInt(enhanced.group(2)))
        : Status.UNKNOWN;
  }

  /** All lines as one. */
  String text() {
    return lines.size() == 1
        ? lines.getFirst()
        : String.join(" ", lines).replaceAll("\\s+", " ").strip();
  }

  /** Whether the words match somewhere, in whatever case. */
  boolean says(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text()).find();
  }

  boolean isPositive() {
    return code >= 200 && code < 300;
  }

  /** 354, or the question of an AUTH dialogue. */
  boolean asksForMore() {
    return code >= 300 && code < 400;
  }

  boolean isRefusal() {
    return code >= 400;
  }

  /** The server is about to close the connection, whatever it was asked (RFC 5321, 3.8). */
  boolean isGoodbye() {
    return code == 421;
  }

  /** The id under which the server keeps the mail that it took; its words if it names none. */
  String queueId() {
    String text = text();
    Matcher queued = QUEUED.matcher(text);
    if (!queued.find()) {
      Matcher enhanced = ENHANCED.matcher(text);
      return enhanced.lookingAt() ? text.substring(enhanced.end()) : text;
    }
    return queued.group(1) != null ? queued.group(1) : queued.group(2);
  }

  /** For the record. */
  String detail() {
    return code + " " + text();
  }
}
