package tocsin.store;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
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
    var ssl = new ClientSSLOptions();
    if (url.rootCertificate() != null) {
      return ssl.setTrustOptions(
          new PemTrustOptions().addCertPath(url.rootCertificate().toString()));
    }
    return switch (url.sslMode()) {
      case DISABLE, ALLOW, PREFER, REQUIRE -> ssl.setTrustAll(true);
      case VERIFY_CA, VERIFY_FULL -> ssl;
    };
  }
}
