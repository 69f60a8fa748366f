package tocsin.pages;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;

/** One kind of page: a template inside of the frame that all pages share. */
final class View {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";
  private static final String NOBODY = "Status";
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(true).strictSections(true);
  private static final Template FRAME = COMPILER.compile(Resource.text("frame.html"));

  private final Template template;
  private final String brand;

  /**
   * @param name of the template
   * @param brand who speaks on the page; blank: {@value #NOBODY}
   */
  View(String name, String brand) {
    this.template = COMPILER.compile(Resource.text(name));
    this.brand = brand.isBlank() ? NOBODY : brand;
  }

  /** The whole document. The words of the language stand beside the model, under {@code say}. */
  String html(Language language, String title, Map<String, ?> model) {
    Map<String, Object> inner = new HashMap<>(model);
    inner.put("say", language.words());
    return FRAME.execute(
        Map.of(
            "lang",
            language.tag(),
            "title",
            title,
            "brand",
            brand,
            "style",
            "../" + StyleSheet.path(),
            "content",
            template.execute(inner)));
  }

  static Future<Void> send(
      HttpServerResponse response, int status, Language language, String html) {
    return response
        .setStatusCode(status)
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .end(html);
  }
}
