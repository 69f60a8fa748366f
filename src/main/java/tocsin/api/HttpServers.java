package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
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
  private static final int LONGEST_HEADERS = 16 * 1024;
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
    String host = settings.http().host();
    return listen(vertx, host, settings.http().port(), router(vertx, surfaces, ids))
        .compose(open ->
            listen(vertx, host, settings.management().port(), management.router(vertx))
                .map(watched -> new HttpServers(open, watched))
                .onFailure(taken -> open.close()))
        .onSuccess(both ->
            log.info("http.listening port={} management={}", both.port(), both.managementPort()));
  }

  private static Router router(Vertx vertx, List<Consumer<Router>> surfaces, RandomGenerator ids) {
    Router router = Router.router(vertx);
    Failures failures = new Failures(ids);
    router
        .route()
        .handler(new SecurityHeaders())
        .handler(new ReadablePath())
        .failureHandler(failures);
    surfaces.forEach(surface -> surface.accept(router));
    router.route().handler(context -> context.fail(404));
    router.errorHandler(400, failures).errorHandler(500, failures);
    return router;
  }

  private static Future<HttpServer> listen(Vertx vertx, String host, int port, Router router) {
    HttpServerOptions options =
        new HttpServerOptions()
            // HTTP/2 without TLS serves nobody here, and a stream that ended cannot be resumed in
            // it
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(LONGEST_HEADERS)
            .setMaxFormAttributeSize(LONGEST_FORM_FIELD)
            .setMaxFormFields(MOST_FORM_FIELDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen(port, host)
        .recover(taken -> Future.failedFuture(new ListenException(host, port, taken)));
  }

  /** The actual one, also where the settings say 0. */
  public int port() {
    return surfaces.actualPort();
  }

  /** The actual one, also where the settings say 0. */
  public int managementPort() {
    return management.actualPort();
  }

  /** Stops the public server first, so that health can be watched to the end. */
  public Future<Void> close() {
    return surfaces.close().eventually(management::close);
  }
}
