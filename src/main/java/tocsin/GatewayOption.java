package tocsin;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.demo.GatewayApi;

/** Which running gateway a command talks to, and with which key. */
final class GatewayOption {
  @Mixin private final ConfigOption config;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The gateway; without it the one of these settings, on this machine.")
  private @Nullable URI url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "API key with the role admin; without it admin.key of these settings. Others on this"
              + " machine can read a command line: TOCSIN_ADMIN_KEY and TOCSIN_ADMIN_KEY_FILE are"
              + " better.")
  private @Nullable String key;

  GatewayOption(Shell shell) {
    this.config = new ConfigOption(shell);
  }

  GatewayClient client() throws SettingsException, FailedException {
    Settings settings = config.load();
    return new GatewayClient(url == null ? local(settings.http()) : url, key(settings));
  }

  /** The same gateway, for its JSON. */
  GatewayApi api() throws SettingsException, FailedException {
    Settings settings = config.load();
    return new GatewayApi(url == null ? local(settings.http()) : url, key(settings));
  }

  private String key(Settings settings) throws FailedException {
    if (key != null) {
      return key;
    }
    if (settings.adminKey() == null) {
      throw new FailedException("No API key: give --key, or set TOCSIN_ADMIN_KEY.");
    }
    return settings.adminKey().value();
  }

  private static URI local(Settings.Http http) {
    boolean everywhere = http.host().equals("0.0.0.0") || http.host().equals("::");
    String host = everywhere ? "localhost" : http.host();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + http.port());
  }
}
