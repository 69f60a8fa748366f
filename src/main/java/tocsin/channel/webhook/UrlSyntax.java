package tocsin.channel.webhook;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a URL apart, once and strictly: what two parsers could read differently is refused. */
final class UrlSyntax {
  private static final int LONGEST = 2048;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern UNSAFE = Pattern.compile("[\\x00-\\x20\\x7f\\\\]");
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>https?)://(?<host>\\[[^\\[\\]]*]|[^\\[\\]/?:]+)"
              + "(?::(?<port>[0-9]{1,5}))?(?<path>(?:[/?].*)?)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*");

  private UrlSyntax() {}

  static Verdict parse(String url) {
    if (url.length() > LONGEST) {
      return refused("must have at most " + LONGEST + " characters");
    }
    if (UNSAFE.matcher(url).find()) {
      return refused("must not contain blanks, control characters or backslashes");
    }
    if (url.indexOf('#') >= 0) {
      return refused("must not have a fragment");
    }
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      return refused("must have the form https://host/path");
    }
    String rawHost = form.group("host");
    if (rawHost.indexOf('@') >= 0) {
      return refused("must not contain user information");
    }
    String rawPath = form.group("path");
    if (!PATH.matcher(rawPath).matches()) {
      return refused("must have a percent-encoded path and query");
    }
    var scheme = Target.Scheme.valueOf(form.group("scheme").toUpperCase(Locale.ROOT));
    String rawPort = form.group("port");
    int port = rawPort == null ? scheme.defaultPort() : Integer.parseInt(rawPort);
    if (port == 0 || port > HIGHEST_PORT) {
      return refused("must have a port between 1 and " + HIGHEST_PORT);
    }
    String path = rawPath.startsWith("/") ? rawPath : "/" + rawPath;
    return host(rawHost)
        .<Verdict>map(host -> new Verdict.Allowed(new Target(scheme, host, port, path)))
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

  private static Verdict refused(String reason) {
    return new Verdict.Refused(reason);
  }
}
