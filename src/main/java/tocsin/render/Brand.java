package tocsin.render;

import java.net.URI;
import tocsin.config.Settings;

/**
 * Who speaks, and where the links lead.
 *
 * @param url without a slash at its end
 */
record Brand(String name, String url) {

  static Brand of(Settings.MailFrom from, URI publicUrl) {
    String name = SafeText.line(from.name());
    String domain = from.address().substring(from.address().lastIndexOf('@') + 1);
    return new Brand(
        name.isEmpty() ? SafeText.line(domain) : Graphemes.prefix(name, 100),
        publicUrl.toASCIIString().replaceAll("/+$", ""));
  }

  /** The page of an incident. */
  String incident(String id) {
    return url + "/i/" + id;
  }

  /** What the person with that token leaves by. */
  String unsubscribe(String token) {
    return url + "/u/" + token;
  }
}
