package tocsin.pages;

import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tocsin.api.ClientAddress;
import tocsin.api.ClientRate;

/** All pages for people, what they are made of, and how much of them one client gets. */
public final class Pages {
  /** What many behind one address look at together, and what mailbox providers leave for many. */
  private static final int REQUESTS_A_MINUTE = 3_000;

  /** Calls with keys, and callbacks that are signed. */
  private static final Pattern PROGRAMS = Pattern.compile("/(?:v1|hooks)/");

  public static final List<String> PATHS =
      List.of(
          "/",
          "/i/*",
          "/feed.atom",
          "/u/*",
          "/leave/*",
          "/subscribe",
          "/confirm/*",
          "/preferences/*");

  private final Site site;
  private final FailurePages failures;
  private final ClientRate rate;
  private final List<Consumer<Router>> pages;

  /**
   * @param pages each adds its routes
   */
  public Pages(
      Site site, ClientAddress addresses, InstantSource clock, List<Consumer<Router>> pages) {
    this.site = site;
    this.failures = new FailurePages(site);
    this.rate = new ClientRate(addresses, REQUESTS_A_MINUTE, clock);
    this.pages = List.copyOf(pages);
  }

  public void mount(Router router) {
    failures.mount(router);
    PATHS.forEach(path -> failures.mount(router, path));
    router
        .route()
        .handler(context -> {
          if (PROGRAMS.matcher(context.normalizedPath()).lookingAt()) {
            context.next();
          } else {
            rate.handle(context);
          }
        });
    site.mount(router);
    pages.forEach(page -> page.accept(router));
  }
}
