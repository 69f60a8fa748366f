package tocsin.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import tocsin.config.DatabaseUrl;

/** Blocking connections, for what happens before the gateway runs. */
final class Jdbc {
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private Jdbc() {}

  static Connection connect(DatabaseUrl url) throws SQLException {
    var properties = new Properties();
    properties.putAll(Map.of("user", url.user(), "password", url.password().value()));
    return DriverManager.getConnection(address(url), properties);
  }

  /** Everything but the user and the password. */
  static String address(DatabaseUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    String seconds = Long.toString(CONNECT_LIMIT.toSeconds());
    String address =
        "jdbc:postgresql://%s:%d/%s?ApplicationName=tocsin&connectTimeout=%s&loginTimeout=%s&tcpKeepAlive=true&sslmode=%s"
            .formatted(
                host, url.port(), encoded(url.database()), seconds, seconds, url.sslMode().value());
    return address + trust(url);
  }

  private static String trust(DatabaseUrl url) {
    if (url.rootCertificate() != null) {
      return "&sslrootcert=" + encoded(url.rootCertificate().toString());
    }
    return switch (url.sslMode()) {
      case DISABLE, ALLOW, PREFER, REQUIRE -> "";
      case VERIFY_CA, VERIFY_FULL -> "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    };
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
