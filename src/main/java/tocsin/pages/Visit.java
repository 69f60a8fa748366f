package tocsin.pages;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, as far as it matters to what it says.
 *
 * @param zone what {@code ?tz=} asks for; null: UTC, unless the browser can tell
 * @param root the way from the page to the root of the site: {@code ./}, {@code ../}...
 * @param repeatable whether it can be asked for again, in another language
 */
record Visit(Language language, @Nullable ZoneId zone, String root, boolean repeatable) {
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final ZoneId UTC = ZoneId.of("UTC");

  static Visit of(RoutingContext context) {
    return new Visit(
        language(context),
        zone(context.queryParams().get("tz")),
        root(context.normalizedPath()),
        !context.request().method().equals(HttpMethod.POST));
  }

  /** A mail program or a script does not ask for a page. */
  static boolean isOfABrowser(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  static Language language(RoutingContext context) {
    return Language.named(context.queryParams().get("lang"))
        .orElseGet(
            () -> Language.preferred(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
  }

  /** For {@code <time>}: what machines read, and what people do. */
  Map<String, String> time(Instant at) {
    return Map.of("machine", at.toString(), "words", language.time(at, clock()));
  }

  ZoneId clock() {
    return zone == null ? UTC : zone;
  }

  private static @Nullable ZoneId zone(@Nullable String name) {
    return name != null && ZONES.contains(name) ? ZoneId.of(name) : null;
  }

  private static String root(String path) {
    long depth = path.chars().filter(c -> c == '/').count();
    return depth <= 1 ? "./" : "../".repeat((int) Math.min(depth - 1, 50));
  }

  /** For a link that says the same in that language. */
  String query(Language other) {
    String tag = "?lang=" + other.tag().toLowerCase(Locale.ROOT);
    return zone == null ? tag : tag + "&tz=" + zone.getId();
  }
}
