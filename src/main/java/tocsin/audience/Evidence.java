package tocsin.audience;

import org.jspecify.annotations.Nullable;

/**
 * How somebody's word reached us.
 *
 * @param source {@code form}, {@code link}, {@code sms}, {@code complaint}, {@code api:<key>}, or
 *     what an import says; what is longer than 200 characters is cut
 * @param actor who wrote it down where it was not the person: {@code api:<key>}, {@code
 *     import:<key>}
 * @param ip in any textual form
 * @param userAgent cut at 500 characters
 */
public record Evidence(
    String source, @Nullable String actor, @Nullable String ip, @Nullable String userAgent) {
  private static final int LONGEST_SOURCE = 200;
  private static final int LONGEST_IP = 45;
  private static final int LONGEST_USER_AGENT = 500;

  public Evidence {
    source = bounded(source, LONGEST_SOURCE);
    actor = given(actor) ? bounded(actor, LONGEST_SOURCE) : null;
    ip = given(ip) ? bounded(ip, LONGEST_IP) : null;
    userAgent = given(userAgent) ? bounded(userAgent, LONGEST_USER_AGENT) : null;
  }

  /** Of something that no request of a person led to. */
  public static Evidence of(String source) {
    return new Evidence(source, null, null, null);
  }

  /** By a key of the API, on whose word it rests. */
  public static Evidence vouched(String actor) {
    return new Evidence(actor, actor, null, null);
  }

  /** Of a person's own request. */
  public static Evidence request(String source, @Nullable String ip, @Nullable String userAgent) {
    return new Evidence(source, null, ip, userAgent);
  }

  /** Without what tells of a person. */
  @Override
  public String toString() {
    return "Evidence[" + source + "]";
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /** PostgreSQL takes no NUL, and half of a surrogate pair is no character. */
  private static String bounded(@Nullable String text, int longest) {
    String kept = String.valueOf(text).replace('\0', ' ');
    return kept.codePointCount(0, kept.length()) <= longest
        ? kept
        : kept.substring(0, kept.offsetByCodePoints(0, longest));
  }
}
