package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.config.Settings;

/** The two servers of a gateway: what callers and subscribers see, and what operators watch. */
public final class HttpServers {
  private static final Logger log = LoggerFactory.getLogger(HttpServers.class);
  private static final int IDLE_SECONDS = 75;
  private static final int MOST_WATCHERS = 512;
  private static final int LONGEST_REQUEST_SECONDS = 5;
  static final int LONGEST_LINE = 4 * 1024;
  static final int LONGEST_HEADERS = 16 * 1024;
  private static final int LONGEST_FORM_FIELD = 16 * 1024;
  private static final int MOST_FORM_FIELDS = 1_024;

  private final HttpServer surfaces;
  private final HttpServer management;

  private HttpServers(HttpServer surfaces, HttpServer management) {
    this.surfaces = surfaces;
    this.management = management;
  }

  /**
   * Listens; fails where a port is taken.
   *
   * @param surfaces add their routes to the public router, in this order
   * @param ids for errors of ours, in the answer and in the log
   */
  public static Future<HttpServers> start(
      Vertx vertx,
      Settings settings,
      List<Consumer<Router>> surfaces,
      Management management,
      RandomGenerator ids) {
    Settings.Http http = settings.http();
    Router router = router(vertx, settings.publicUrl(), surfaces, ids);
    ClientAddress addresses = new ClientAddress(http.proxies());
    Door door = new Door(vertx, http.host(), http.port(), ConnectionLimit.usual(addresses), router);
    Door watched =
        new Door(
            vertx,
            settings.management().host(),
            settings.management().port(),
            new ConnectionLimit(addresses, MOST_WATCHERS),
            management.router(vertx));
    return (http.tls() == null ? door.open(options()) : open(vertx, door, http.tls()))
        .compose(open ->
            watched
                .open(options())
                .map(other -> new HttpServers(open, other))
                .onFailure(taken -> open.close()))
        .onSuccess(both ->
            log.info("http.listening port={} management={}", both.port(), both.managementPort()));
  }

  private static Router router(
      Vertx vertx, URI publicUrl, List<Consumer<Router>> surfaces, RandomGenerator ids) {
    Router router = Router.router(vertx);
    Failures failures = new Failures(ids);
    router
        .route()
        .handler(new SecurityHeaders(publicUrl))
        .handler(new ReadableTarget())
        .failureHandler(failures);
    surfaces.forEach(surface -> surface.accept(router));
    router.route().handler(context -> context.fail(404));
    router.errorHandler(400, failures).errorHandler(500, failures);
    return router;
  }

  /** Where one of the two listens, and for how many at once. */
  private record Door(Vertx vertx, String host, int port, ConnectionLimit limit, Router router) {
    Future<HttpServer> open(HttpServerOptions options) {
      return vertx
          .createHttpServer(options)
          .connectionHandler(limit)
          .requestHandler(router)
          .invalidRequestHandler(new UnreadableRequests())
          .listen(port, host)
          .recover(taken -> Future.failedFuture(new ListenException(host, port, taken)));
    }
  }

  private static Future<HttpServer> open(Vertx vertx, Door door, Settings.PemFiles tls) {
    return ServerCertificate.read(vertx, tls)
        .compose(certificate ->
            door.open(options().setSsl(true).setKeyCertOptions(certificate.options()))
                .onSuccess(server ->
                    certificate.renew(options ->
                        server.updateSSLOptions(
                            new ServerSSLOptions().setKeyCertOptions(options)))));
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        // HTTP/2 without TLS serves nobody here, and a stream that ended cannot be resumed in it
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setMaxFormAttributeSize(LONGEST_FORM_FIELD)
        .setMaxFormFields(MOST_FORM_FIELDS);
  }

  /** The actual one, also where the settings say 0. */
  public int port() {
    return surfaces.actualPort();
  }

  /** The actual one, also where the settings say 0. */
  public int managementPort() {
    return management.actualPort();
  }

  /**
   * Takes no more requests of the public, and ends those that are under way within five seconds.
   * Health and metrics can be watched on.
   */
  public Future<Void> drain() {
    return surfaces.shutdown(LONGEST_REQUEST_SECONDS, TimeUnit.SECONDS);
  }

  /** Nor of those who watch. */
  public Future<Void> close() {
    return drain().eventually(management::close);
  }
}
