package tocsin.pages;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One kind of page: a template inside of the frame that all pages share. */
final class View {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(true)
          .strictSections(true)
          .withLoader(name -> Resource.reader(name + ".html"));
  private static final Template FRAME = COMPILER.compile(Resource.text("frame.html"));

  private final Template template;
  private final Site site;

  /**
   * @param name of the template
   */
  View(String name, Site site) {
    this.template = COMPILER.compile(Resource.text(name));
    this.site = site;
  }

  /**
   * The whole document. The words of the language stand beside the model, under {@code say}.
   *
   * @param model may have {@code feed}, the address of a feed, and {@code indexed}, any value where
   *     search engines are welcome
   */
  String html(Visit visit, String title, Map<String, ?> model) {
    Map<String, Object> values = new HashMap<>(site.values());
    values.put("feed", List.of());
    values.put("indexed", List.of());
    values.putAll(model);
    values.put("say", visit.language().words());
    values.put("lang", visit.language().tag());
    values.put("title", title);
    values.put("root", visit.root());
    values.put("ownClock", visit.zone() == null);
    values.put("clock", visit.clock().getId());
    values.put("languages", visit.repeatable() ? languages(visit) : List.of());
    values.put("content", template.execute(values));
    return FRAME.execute(values);
  }

  /** Makes the page and sends it. */
  Future<Void> show(RoutingContext context, int status, String title, Map<String, ?> model) {
    Visit visit = Visit.of(context);
    return send(context.response(), status, visit.language(), html(visit, title, model));
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

  private static List<Map<String, String>> languages(Visit visit) {
    return Arrays.stream(Language.values())
        .filter(language -> language != visit.language())
        .map(language ->
            Map.of(
                "tag", language.tag(),
                "name", language.word("language_name"),
                "query", visit.query(language)))
        .toList();
  }
}
