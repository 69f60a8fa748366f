package tocsin.channel.email;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.channel.ProviderWatch;
import tocsin.config.Settings;
import tocsin.config.Settings.SmtpTls;

/** The mail server that takes all our mail, and how it is reached. */
final class Relay implements AutoCloseable {
  private static final long GOODBYE_MILLIS = 2_000;

  private final Vertx vertx;
  private final Settings.Smtp smtp;
  private final String host;
  private final String name;
  private final ProviderWatch watch;
  private final ClientSSLOptions tls;
  private final NetClient client;
  private final ConnectOptions address;

  /**
   * @param smtp with a host
   * @param name ours, in EHLO
   * @param nanos a clock that only goes forward
   */
  Relay(Vertx vertx, Settings.Smtp smtp, String name, SmtpTimeouts timeouts, LongSupplier nanos) {
    int patience = (int) timeouts.connect().toMillis();
    this.vertx = vertx;
    this.smtp = smtp;
    this.host = Objects.requireNonNull(smtp.host(), "smtp.host");
    this.name = name;
    this.watch = new ProviderWatch(Channel.EMAIL, host + ":" + smtp.port(), nanos);
    this.tls = tls(smtp.ca(), patience);
    this.client =
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout(patience)
                .setTcpNoDelay(true)
                .setMetricsName("smtp"));
    this.address =
        new ConnectOptions()
            .setHost(host)
            .setPort(smtp.port())
            .setTimeout(patience)
            .setSsl(smtp.tls() == SmtpTls.IMPLICIT)
            .setSslOptions(tls);
  }

  private static ClientSSLOptions tls(@Nullable Path ca, int patience) {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setHostnameVerificationAlgorithm("HTTPS");
    options.setSslHandshakeTimeout(patience);
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    if (ca != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
    }
    return options;
  }

  /** A token is read from its file, so not on the event loop. Fails when it cannot be read. */
  Future<Optional<Credentials>> credentials() {
    var login = smtp.login();
    if (login == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return vertx.executeBlocking(() -> Credentials.read(login), false).map(Optional::ofNullable);
  }

  /** On the caller's event loop. */
  Future<NetSocket> connect() {
    return client.connect(address);
  }

  Future<Void> secure(NetSocket socket) {
    return socket.upgradeToSsl(tls, host);
  }

  ProviderWatch watch() {
    return watch;
  }

  /** Lets those under way say goodbye first. */
  @Override
  public void close() {
    vertx.setTimer(GOODBYE_MILLIS, id -> client.close());
  }

  /** A login may go without TLS only to this machine. */
  Terms terms(Optional<Credentials> credentials, NetSocket socket) {
    InetAddress server = InetAddress.ofLiteral(socket.remoteAddress().hostAddress());
    return new Terms(name, smtp.tls(), credentials, server.isLoopbackAddress());
  }
}
