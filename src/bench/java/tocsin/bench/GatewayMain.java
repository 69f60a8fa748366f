package tocsin.bench;

import java.util.Map;
import java.util.TreeMap;
import tocsin.Gateway;
import tocsin.config.Settings;

/** A child JVM with a whole gateway in it; answers where it listens. */
final class GatewayMain {
  static final String KEY = "a-key-for-benchmarks";

  private GatewayMain() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.put("TOCSIN_HTTP_HOST", "127.0.0.1");
    environment.put("TOCSIN_HTTP_PORT", "0");
    environment.put("TOCSIN_MANAGEMENT_PORT", "0");
    environment.put("TOCSIN_ADMIN_KEY", KEY);
    try (Gateway gateway = Gateway.start(Settings.load(null, environment))) {
      Commands.serve(command -> gateway.local().toString());
    }
  }
}
