package tocsin.render;

import java.net.URI;
import tocsin.config.Settings;

/**
 * Who speaks, and where the links lead.
 *
 * @param url without a slash at its end
 * @param postal address in one line; may be empty
 */
record Brand(String name, String url, String postal) {
  private static final int LONGEST_NAME = 100;

  static Brand of(Settings.MailFrom from, URI publicUrl, String postal) {
    String name = name(from);
    String domain = from.address().substring(from.address().lastIndexOf('@') + 1);
    return new Brand(
        name.isEmpty() ? SafeText.line(domain) : name,
        publicUrl.toASCIIString().replaceAll("/+$", ""),
        SafeText.line(postal));
  }

  /** The sender's name, fit for a header; may be empty. */
  static String name(Settings.MailFrom from) {
    return Graphemes.prefix(SafeText.line(from.name()), LONGEST_NAME);
  }

  /** Whether its links are HTTPS. */
  boolean isSecure() {
    return url.startsWith("https://");
  }

  /** The page of an incident. */
  String incident(String id) {
    return url + "/i/" + id;
  }

  /** Where the person with that token says what they want to hear of. */
  String preferences(String token) {
    return url + "/preferences/" + token;
  }

  /** Where an opt-in is confirmed. */
  String confirm(String token) {
    return url + "/confirm/" + token;
  }

  /** Where a shared mailbox leaves as a whole. */
  String leave(String token) {
    return url + "/leave/" + token;
  }

  /** What the person with that token leaves by. */
  String unsubscribe(String token) {
    return url + "/u/" + token;
  }
}
