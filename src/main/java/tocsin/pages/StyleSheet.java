package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.util.zip.CRC32;

/** The one style sheet of all pages, under a name that changes with it, so that it caches well. */
public final class StyleSheet {
  private static final String CSS = Resource.text("style.css");
  private static final String PATH = "assets/" + name();

  private StyleSheet() {}

  /** Without a leading slash, for links from pages at any depth. */
  public static String path() {
    return PATH;
  }

  static void mount(Router router) {
    router
        .get("/" + PATH)
        .handler(context ->
            context
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/css; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .end(CSS));
  }

  private static String name() {
    CRC32 sum = new CRC32();
    sum.update(CSS.getBytes(UTF_8));
    return "tocsin-" + Long.toHexString(sum.getValue()) + ".css";
  }
}
