package tocsin.demo;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Shows what arrived, as its recipients see it, at {@code /demo}. */
public final class DemoPage {
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String MAIL_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
          + " frame-ancestors 'self'";

  private final Arrivals arrivals;
  private final Chronicle chronicle;
  private final Template page;
  private final String style = resource("/demo/demo.css");

  public DemoPage(Arrivals arrivals, Chronicle chronicle) {
    this.arrivals = arrivals;
    this.chronicle = chronicle;
    this.page = Mustache.compiler().compile(resource("/demo/page.mustache"));
  }

  public void mount(Router router) {
    router.get("/demo").handler(this::page);
    router.get("/demo/demo.css").handler(this::style);
    router.get("/demo/mail/:number").handler(this::mail);
  }

  private void page(RoutingContext context) {
    Choice choice = Choice.of(context.queryParams());
    PageView view = PageView.of(chronicle, arrivals.all(), choice);
    answer(context, "text/html; charset=utf-8", PAGE_POLICY, page.execute(view));
  }

  private void style(RoutingContext context) {
    answer(context, "text/css; charset=utf-8", PAGE_POLICY, style);
  }

  private void mail(RoutingContext context) {
    String number = String.valueOf(context.pathParam("number"));
    List<Arrival> all = arrivals.all();
    if (number.matches("[0-9]{1,9}")
        && Integer.parseInt(number) < all.size()
        && all.get(Integer.parseInt(number)).content() instanceof Content.Mail mail) {
      answer(context, "text/html; charset=utf-8", MAIL_POLICY, mail.html());
    } else {
      context.next();
    }
  }

  private static void answer(RoutingContext context, String type, String policy, String body) {
    context
        .response()
        .putHeader("Content-Type", type)
        .putHeader("Content-Security-Policy", policy)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "SAMEORIGIN")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(DemoPage.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
