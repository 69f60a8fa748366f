package tocsin.channel.http;

import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads: only requests to the very same place share one.
 *
 * @param server the address; null: whatever the name stands for
 */
record Route(@Nullable Address server, String host, int port, boolean ssl) {

  static Route of(RequestOptions to) {
    return new Route(to.getServer(), to.getHost(), to.getPort(), Boolean.TRUE.equals(to.isSsl()));
  }

  HttpConnectOptions options() {
    HttpConnectOptions options = new HttpConnectOptions().setHost(host).setPort(port).setSsl(ssl);
    return server == null ? options : options.setServer(server);
  }
}
