package tocsin.store;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import tocsin.config.DatabaseUrl;

/** A database's address in the words of the reactive client. */
final class ConnectOptions {
  /** More than there are different statements. */
  private static final int CACHED_STATEMENTS = 512;

  private ConnectOptions() {}

  static PgConnectOptions of(DatabaseUrl url) {
    var options =
        new PgConnectOptions()
            .setHost(url.host())
            .setPort(url.port())
            .setDatabase(url.database())
            .setUser(url.user())
            .setPassword(url.password().value())
            .setSslMode(SslMode.of(url.sslMode().value()))
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS)
            .setPreparedStatementCacheSqlFilter(sql -> true)
            .addProperty("application_name", "tocsin");
    // a node that lost its power must not hold its locks for hours
    options
        .addProperty("tcp_keepalives_idle", "30")
        .addProperty("tcp_keepalives_interval", "10")
        .addProperty("tcp_keepalives_count", "3");
    return url.sslMode() == DatabaseUrl.SslMode.DISABLE
        ? options
        : options.setSslOptions(sslOptions(url));
  }

  private static ClientSSLOptions sslOptions(DatabaseUrl url) {
    var ssl = new ClientSSLOptions().setTrustOptions(trust(url));
    return switch (url.sslMode()) {
      case DISABLE, ALLOW, PREFER, REQUIRE -> ssl.setTrustAll(url.rootCertificate() == null);
      case VERIFY_CA -> ssl;
      case VERIFY_FULL -> ssl.setHostnameVerificationAlgorithm("HTTPS");
    };
  }

  private static TrustOptions trust(DatabaseUrl url) {
    if (url.rootCertificate() != null) {
      return new PemTrustOptions().addCertPath(url.rootCertificate().toString());
    }
    try {
      var javas = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      javas.init((KeyStore) null);
      return TrustOptions.wrap(javas.getTrustManagers()[0]);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("The JDK's own trust store cannot be read", broken);
    }
  }
}
