package tocsin.pages;

import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.config.LogoFile;
import tocsin.config.Settings;

/** Whose pages they are, and the files that all of them share. */
public final class Site {
  private static final String NOBODY = "Status";
  private static final Asset SHEET = Asset.of("tocsin.css", "text/css", Resource.text("style.css"));
  private static final Asset SCRIPT =
      Asset.of("tocsin.js", "text/javascript", Resource.text("script.js"));
  private static final Asset BELL =
      Asset.of("bell.svg", "image/svg+xml", Resource.text("bell.svg"));

  private final Settings.Brand brand;
  private final URI url;
  private final Asset palette;
  private final @Nullable Asset logo;

  /**
   * @param url where people reach the pages, without a slash at its end
   */
  public Site(Settings.Brand brand, URI url) {
    this.brand = brand;
    this.url = url;
    this.palette = Asset.of("brand.css", "text/css", Palette.css(Rgb.of(brand.color())));
    this.logo = logo(brand.logo());
  }

  String name() {
    return brand.name().isBlank() ? NOBODY : brand.name();
  }

  URI url() {
    return url;
  }

  Settings.Brand brand() {
    return brand;
  }

  /** What the frame of a page says of it. */
  Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("brand", name());
    values.put("home", present(brand.url()));
    values.put("terms", present(brand.terms()));
    values.put("privacy", present(brand.privacy()));
    values.put("postal", present(brand.address()));
    values.put("sheet", SHEET.path());
    values.put("script", SCRIPT.path());
    values.put("palette", palette.path());
    values.put("logo", logo == null ? List.of() : List.of(logo.path()));
    values.put("icon", (logo == null ? BELL : logo).path());
    return values;
  }

  void mount(Router router) {
    Stream.of(SHEET, SCRIPT, BELL, palette).forEach(asset -> asset.mount(router));
    if (logo != null) {
      logo.mount(router);
    }
  }

  private static List<String> present(@Nullable Object value) {
    return value == null ? List.of() : List.of(value.toString());
  }

  private static @Nullable Asset logo(@Nullable LogoFile file) {
    return file == null
        ? null
        : Asset.of("logo." + file.extension(), file.mediaType(), file.content());
  }
}
