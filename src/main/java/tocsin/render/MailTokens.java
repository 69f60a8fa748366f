package tocsin.render;

import java.util.regex.Pattern;

/**
 * What one recipient's links end in, each 1 to {@value #LONGEST} of {@code A-Za-z0-9._~-}, the
 * first no dot.
 *
 * @param unsubscribe of the link to leave by
 * @param preferences of the link to what they want to hear of
 */
public record MailTokens(String unsubscribe, String preferences) {
  static final int LONGEST = 75;

  /** What quoted-printable and URLs leave alone, short enough for one line. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,74}");

  public MailTokens {
    require(unsubscribe);
    require(preferences);
  }

  private static void require(String token) {
    if (!FORM.matcher(token).matches()) {
      throw new IllegalArgumentException("a token of a link: " + FORM);
    }
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "MailTokens";
  }
}
