package tocsin.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is and who enters it.
 *
 * @param password empty: the server asks for none
 * @param rootCertificate PEM of who may sign the server's certificate; null: who Java trusts
 */
public record DatabaseUrl(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    SslMode sslMode,
    @Nullable Path rootCertificate) {

  private static final int DEFAULT_PORT = 5432;
  private static final String EXPECTED =
      "expected postgresql://user:password@host:5432/database?sslmode=require, with %40 for @, %3A"
          + " for : and %2F for / inside the password";
  private static final Pattern FORM =
      Pattern.compile(
          "postgres(?:ql)?://(?<user>[^:@/?#]+)(?::(?<password>[^:@/?#]*))?@"
              + "(?<host>\\[[0-9a-fA-F:]+]|[^:@/?#\\[\\]\\s]+)(?::(?<port>[0-9]{1,5}))?"
              + "/(?<database>[^/?#]+)(?:\\?(?<parameters>[^#]*))?");

  /** How sure the connection must be of its encryption and of whom it speaks to, as in libpq. */
  public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** As in the URL, {@code verify-full}. */
    public String value() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<SslMode> of(String value) {
      return Stream.of(values()).filter(mode -> mode.value().equals(value)).findAny();
    }
  }

  /** The same server and user, another database. */
  public DatabaseUrl withDatabase(String other) {
    return new DatabaseUrl(host, port, other, user, password, sslMode, rootCertificate);
  }

  /**
   * @throws IllegalArgumentException whose message says what would be right and never shows the URL
   */
  static DatabaseUrl parse(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw new IllegalArgumentException(EXPECTED);
    }
    int port = form.group("port") == null ? DEFAULT_PORT : Integer.parseInt(form.group("port"));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("its port must be 1 to 65535");
    }
    Parameters parameters = Parameters.parse(form.group("parameters"));
    return new DatabaseUrl(
        form.group("host").replaceAll("[\\[\\]]", ""),
        port,
        decoded(form.group("database")),
        decoded(form.group("user")),
        new Secret(decoded(Objects.requireNonNullElse(form.group("password"), ""))),
        parameters.sslMode,
        parameters.rootCertificate);
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformedEscape) {
      throw new IllegalArgumentException(EXPECTED, malformedEscape);
    }
  }

  private record Parameters(SslMode sslMode, @Nullable Path rootCertificate) {
    static Parameters parse(@Nullable String query) {
      Parameters found = new Parameters(SslMode.PREFER, null);
      for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String value = decoded(pair.substring(equals + 1));
        found =
            switch (equals < 0 ? "" : pair.substring(0, equals)) {
              case "sslmode" -> new Parameters(sslMode(value), found.rootCertificate);
              case "sslrootcert" -> new Parameters(found.sslMode, certificate(value));
              default ->
                  throw new IllegalArgumentException(
                      "its parameters may be sslmode and sslrootcert only");
            };
      }
      return found;
    }

    private static SslMode sslMode(String value) {
      return SslMode.of(value)
          .orElseThrow(() ->
              new IllegalArgumentException(
                  Stream.of(SslMode.values())
                      .map(SslMode::value)
                      .collect(Collectors.joining(", ", "its sslmode must be one of ", ""))));
    }

    private static Path certificate(String value) {
      Path path = Path.of(value);
      if (!Files.isReadable(path)) {
        throw new IllegalArgumentException("its sslrootcert must be a readable PEM file");
      }
      return path;
    }
  }
}
