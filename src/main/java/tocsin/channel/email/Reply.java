package tocsin.channel.email;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server answered.
 *
 * @param code three digits (RFC 5321, 4.2)
 * @param text all lines as one, without the three digits
 */
record Reply(int code, Status status, String text) {
  private static final Pattern LINE_CODE = Pattern.compile("(?m)^\\d{3}[ -]?");
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

  /**
   * @param response every line as it came, codes included
   */
  static Reply of(int code, String response) {
    String text = LINE_CODE.matcher(response).replaceAll("").replaceAll("\\s+", " ").strip();
    Matcher enhanced = ENHANCED.matcher(text);
    Status status =
        enhanced.lookingAt()
            ? new Status(Integer.parseInt(enhanced.group(1)), Integer.parseInt(enhanced.group(2)))
            : Status.UNKNOWN;
    return new Reply(code, status, text);
  }

  /** Whether the words match somewhere, in whatever case. */
  boolean says(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).find();
  }

  boolean isPositive() {
    return code >= 200 && code < 300;
  }

  boolean isRefusal() {
    return code >= 400 && code < 600;
  }

  /** The id under which the server keeps the mail that it took; its words if it names none. */
  String queueId() {
    Matcher queued = QUEUED.matcher(text);
    if (!queued.find()) {
      Matcher enhanced = ENHANCED.matcher(text);
      return enhanced.lookingAt() ? text.substring(enhanced.end()) : text;
    }
    return queued.group(1) != null ? queued.group(1) : queued.group(2);
  }

  /** For the record. */
  String detail() {
    return code + " " + text;
  }
}
