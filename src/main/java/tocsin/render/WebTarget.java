package tocsin.render;

import java.util.regex.Pattern;

/** Where a link of an update may lead. */
final class WebTarget {
  private static final Pattern FOLLOWED =
      Pattern.compile("(?:https?://|mailto:)[^\\s\\p{Cntrl}]{1,2000}", Pattern.CASE_INSENSITIVE);

  private WebTarget() {}

  static boolean isFollowed(String target) {
    return FOLLOWED.matcher(target).matches();
  }
}
