package tocsin.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An nginx with one worker on loopback that answers 204 to everything: kept connections at one
 * port, a new TLS connection for each request at another.
 */
final class Nginx implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Process process;
  private final int plainPort;
  private final int tlsPort;

  private Nginx(Process process, int plainPort, int tlsPort) {
    this.process = process;
    this.plainPort = plainPort;
    this.tlsPort = tlsPort;
  }

  static Nginx start(HookCertificate certificate) throws IOException, InterruptedException {
    int plainPort = FreePort.next();
    int tlsPort = FreePort.next();
    Path folder = Files.createDirectories(Options.FOLDER.resolve("nginx")).toAbsolutePath();
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, configuration(folder, plainPort, tlsPort, certificate));
    Process process =
        new ProcessBuilder(
                "nginx", "-p", folder.toString(), "-c", file.toString(), "-g", "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("nginx.log").toFile()))
            .start();
    Nginx nginx = new Nginx(process, plainPort, tlsPort);
    nginx.awaitPort();
    return nginx;
  }

  private static String configuration(
      Path folder, int plainPort, int tlsPort, HookCertificate certificate) {
    return """
    worker_processes 1;
    pid %1$s/nginx.pid;
    error_log %1$s/error.log;
    events { worker_connections 8192; }
    http {
      access_log off;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      keepalive_requests 1000000000;
      server {
        listen 127.0.0.1:%2$d backlog=4096;
        location / { return 204; }
      }
      server {
        listen 127.0.0.1:%3$d ssl backlog=4096;
        keepalive_timeout 0;
        ssl_certificate %4$s;
        ssl_certificate_key %5$s;
        ssl_session_cache off;
        ssl_session_tickets off;
        location / { return 204; }
      }
    }
    """
        .formatted(folder, plainPort, tlsPort, certificate.chain(), certificate.key());
  }

  int plainPort() {
    return plainPort;
  }

  int tlsPort() {
    return tlsPort;
  }

  private void awaitPort() throws InterruptedException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(PATIENCE_SECONDS));
    boolean listens = listens();
    while (!listens) {
      deadline.check("nginx, see " + Options.FOLDER.resolve("nginx"));
      TimeUnit.MILLISECONDS.sleep(20);
      listens = listens();
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tlsPort)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
