package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.api.Methods;
import tocsin.incident.Catalogue;
import tocsin.incident.Dimension;
import tocsin.incident.PublicRecord;

/**
 * {@code /feed.atom}: the last hundred updates (RFC 4287), of everything, of a component, of a
 * region, or of a component in a region.
 */
public final class Feed {
  static final String PATH = "feed.atom";
  private static final String ROUTE = "/" + PATH;
  private static final int MOST_ENTRIES = 100;
  private static final Template TEMPLATE =
      Mustache.compiler().escapeHTML(true).compile(Resource.text("feed.xml"));

  private final PublicRecord record;
  private final Catalogue catalogue;
  private final Site site;
  private final Fresh<Asked, Made> feeds = new Fresh<>();

  /**
   * @param component null: any
   * @param region null: any
   */
  record Asked(@Nullable String component, @Nullable String region, Language language) {}

  private record Made(String xml, String tag) {}

  public Feed(PublicRecord record, Catalogue catalogue, Site site) {
    this.record = record;
    this.catalogue = catalogue;
    this.site = site;
  }

  public void mount(Router router) {
    router.get(ROUTE).handler(this::show);
    router.head(ROUTE).handler(this::show);
    Methods.only(router, ROUTE, List.of(HttpMethod.GET, HttpMethod.HEAD));
  }

  private void show(RoutingContext context) {
    Asked asked =
        new Asked(
            context.queryParams().get("component"),
            context.queryParams().get("region"),
            Visit.language(context));
    feeds
        .get(asked, this::make)
        .onSuccess(made -> send(context, asked.language(), made))
        .onFailure(context::fail);
  }

  private static void send(RoutingContext context, Language language, Made made) {
    HttpServerResponse response = context.response();
    Fresh.declare(response);
    response
        .putHeader(HttpHeaders.ETAG, made.tag())
        .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    if (matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), made.tag())) {
      response.setStatusCode(304).end();
    } else {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/atom+xml; charset=utf-8")
          .end(made.xml());
    }
  }

  /** RFC 9110, 13.1.2: weakly. */
  private static boolean matches(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(candidate -> candidate.strip().replaceFirst("^W/", ""))
            .anyMatch(candidate -> candidate.equals(tag) || candidate.equals("*"));
  }

  private Future<Made> make(Asked asked) {
    return known(Dimension.COMPONENT, asked.component())
        .compose(component -> known(Dimension.REGION, asked.region()))
        .compose(region -> CatalogueLabels.of(catalogue))
        .compose(labels ->
            record
                .updates(asked.component(), asked.region(), MOST_ENTRIES)
                .map(updates ->
                    TEMPLATE.execute(
                        new FeedModel(site, labels, asked, updates).values(Instant.EPOCH))))
        .map(xml -> new Made(xml, tag(xml)));
  }

  /** Fails with NOT_FOUND. */
  private Future<Void> known(Dimension dimension, @Nullable String id) {
    return id == null ? Future.succeededFuture() : catalogue.get(dimension, id).mapEmpty();
  }

  private static String tag(String xml) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(xml.getBytes(UTF_8));
      return '"' + HexFormat.of().formatHex(sum, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
