package tocsin;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tocsin.config.Settings;
import tocsin.demo.Chronicle;
import tocsin.demo.Demo;
import tocsin.demo.DemoPage;
import tocsin.demo.DemoReceivers;

/** Replays the founding incident on this machine, and shows what arrived. */
@Command(
    name = "demo",
    description = {
      "Shows an incident and all its messages on this machine alone.",
      "Starts a gateway with an empty database, and a mail server, a Twilio look-alike and webhook",
      "endpoints on loopback; replays an incident of nine updates against thousands of generated",
      "subscribers, and compares what arrived with what should have."
    },
    footer = {"", "Exit code 0 if exactly those were told who should be, else 1."})
final class DemoCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;
  private static final int USUAL_MANAGEMENT_PORT = 9090;

  private final Shell shell;

  @Option(
      names = "--exit",
      description = "End when it is compared, instead of showing it at /demo.")
  private boolean exit;

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    AtExit atExit = new AtExit();
    Path folder = atExit.close(new TemporaryFolder("tocsin-demo")).path();
    Vertx vertx = Vertx.vertx();
    atExit.close(() -> vertx.close().await());
    DemoReceivers receivers = atExit.close(DemoReceivers.start(vertx));
    Chronicle chronicle = new Chronicle();
    DemoPage page = new DemoPage(receivers.arrivals(), chronicle);
    String adminKey = randomKey();
    Settings settings = Settings.load(null, environment(receivers, folder, adminKey));
    Gateway gateway = atExit.close(Gateway.start(settings, page::mount));
    int code = Demo.run(receivers, chronicle, gateway.local(), adminKey, shell.out());
    if (!exit) {
      shell.out().println();
      shell.out().println("See what arrived: " + gateway.local() + "/demo (Ctrl-C ends it)");
      shell.out().println("To send an update of your own: export KEY=" + adminKey);
      new CountDownLatch(1).await();
    }
    return code;
  }

  private static Map<String, String> environment(
      DemoReceivers receivers, Path folder, String adminKey) throws IOException {
    int port = freePort(USUAL_PORT);
    Map<String, String> environment = new HashMap<>(receivers.environment());
    environment.put("TOCSIN_HTTP_HOST", "127.0.0.1");
    environment.put("TOCSIN_HTTP_PORT", Integer.toString(port));
    environment.put("TOCSIN_MANAGEMENT_PORT", Integer.toString(freePort(USUAL_MANAGEMENT_PORT)));
    environment.put("TOCSIN_PUBLIC_URL", "http://127.0.0.1:" + port);
    environment.put("TOCSIN_DATA_DIR", folder.toString());
    environment.put("TOCSIN_ADMIN_KEY", adminKey);
    return environment;
  }

  private static String randomKey() {
    byte[] key = new byte[16];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private static int freePort(int usual) throws IOException {
    try (ServerSocket socket = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
