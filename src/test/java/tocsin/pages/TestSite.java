package tocsin.pages;

import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tocsin.api.ClientAddress;
import tocsin.api.TestGateway;
import tocsin.config.Settings;

/** A brand to test with. */
final class TestSite {
  static final Site ACME = of("Acme Status");

  private TestSite() {}

  static Site of(String name) {
    return new Site(
        new Settings.Brand(
            name,
            null,
            "#1f5c63",
            URI.create("https://www.example.com/"),
            URI.create("https://www.example.com/terms"),
            URI.create("https://www.example.com/privacy"),
            "Acme Inc., 1 Main Street, Springfield"),
        TestGateway.PUBLIC_URL);
  }

  /** With what all pages share. */
  static List<Consumer<Router>> pages(Site site, Function<Site, List<Consumer<Router>>> pages) {
    return List.of(
        new Pages(site, new ClientAddress(List.of()), InstantSource.system(), pages.apply(site))
            ::mount);
  }
}
