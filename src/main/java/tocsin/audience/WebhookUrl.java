package tocsin.audience;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tocsin.audience.AddressCheck.Refused;

/** The form of a webhook's URL; what a target may be is for {@link WebhookRules} to say. */
final class WebhookUrl {
  private static final int LONGEST = 2048;

  private WebhookUrl() {}

  static AddressCheck check(String text, WebhookRules rules) {
    return check(text, rules::urlComplaint);
  }

  /** Of a URL that is never called. */
  static AddressCheck check(String text) {
    return check(text, any -> Optional.empty());
  }

  private static AddressCheck check(String text, Function<String, Optional<String>> rules) {
    if (text.length() > LONGEST) {
      return new Refused("must have at most " + LONGEST + " characters");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return new Refused("must be visible ASCII; percent-encode the rest");
    }
    return rules.apply(text).<AddressCheck>map(Refused::new).orElseGet(() -> withKey(text));
  }

  /** Scheme and host are compared without case, the path is not. */
  private static AddressCheck withKey(String text) {
    try {
      URI uri = new URI(text);
      String authority = uri.getRawAuthority();
      if (uri.getScheme() == null || authority == null) {
        return new Refused("must be an absolute URL");
      }
      String start = uri.getScheme() + "://" + authority;
      String key = start.toLowerCase(Locale.ROOT) + text.substring(start.length());
      return new Address(Channel.WEBHOOK, text, key);
    } catch (URISyntaxException e) {
      return new Refused("must be an absolute URL");
    }
  }
}
