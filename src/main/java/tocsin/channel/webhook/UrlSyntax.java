package tocsin.channel.webhook;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.config.Literals;

/** Takes a URL apart, once and strictly: what two parsers could read differently is refused. */
final class UrlSyntax {
  private static final int LONGEST = 2048;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?<scheme>https?)://(?<host>\\[[^\\[\\]]*]|[^\\[\\]/?:]+)(?::(?<port>[0-9]{1,5}))?",
          Pattern.CASE_INSENSITIVE);
  private static final String SCHEME_END = "://";
  private static final String PATH_MARKS = "._~!$&'()*+,;=:@/?-";

  private UrlSyntax() {}

  /** A URL in two: what many may share, and the rest. */
  record Parts(String origin, String path) {}

  /** Where a URL is split; its parts are still to be checked. */
  static Parts split(String url) {
    int authority = url.indexOf(SCHEME_END);
    int at = authority < 0 ? url.length() : authority + SCHEME_END.length();
    while (at < url.length() && url.charAt(at) != '/' && url.charAt(at) != '?') {
      at++;
    }
    return new Parts(url.substring(0, at), url.substring(at));
  }

  /** What is wrong with a URL but for its origin; empty where nothing is. */
  static Optional<String> complaint(String url, String path) {
    if (url.length() > LONGEST) {
      return Optional.of("must have at most " + LONGEST + " characters");
    }
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c <= ' ' || c == 0x7f || c == '\\') {
        return Optional.of("must not contain blanks, control characters or backslashes");
      }
    }
    if (url.indexOf('#') >= 0) {
      return Optional.of("must not have a fragment");
    }
    return isPath(path)
        ? Optional.empty()
        : Optional.of("must have a percent-encoded path and query");
  }

  private static boolean isPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean encoded = c == '%' && isHex(path, i + 1) && isHex(path, i + 2);
      if (!word && !encoded && PATH_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String path, int at) {
    return at < path.length()
        && path.charAt(at) < 0x7f
        && Character.digit(path.charAt(at), 16) >= 0;
  }

  /** The target of an origin alone, at the path {@code /}. */
  static Admission origin(String origin) {
    Matcher form = ORIGIN.matcher(origin);
    if (!form.matches()) {
      return refused("must have the form https://host/path");
    }
    String rawHost = form.group("host");
    if (rawHost.indexOf('@') >= 0) {
      return refused("must not contain user information");
    }
    var scheme = Target.Scheme.valueOf(form.group("scheme").toUpperCase(Locale.ROOT));
    String rawPort = form.group("port");
    int port = rawPort == null ? scheme.defaultPort() : Integer.parseInt(rawPort);
    if (port == 0 || port > HIGHEST_PORT) {
      return refused("must have a port between 1 and " + HIGHEST_PORT);
    }
    return host(rawHost)
        .<Admission>map(host -> new Admission.Allowed(new Target(scheme, host, port, "/")))
        .orElseGet(() -> refused("must have a plain host name"));
  }

  private static Optional<String> host(String raw) {
    if (raw.startsWith("[")) {
      String inner = raw.substring(1, raw.length() - 1).toLowerCase(Locale.ROOT);
      return inner.indexOf(':') < 0
          ? Optional.empty()
          : Literals.parse(inner).map(address -> inner);
    }
    return Literals.parse(raw).map(address -> raw).or(() -> HostName.ascii(raw));
  }

  private static Admission refused(String reason) {
    return new Admission.Refused(reason);
  }
}
