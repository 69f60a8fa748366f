package tocsin.render;

import com.samskivert.mustache.MustacheException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.selfservice.NoticeKind;

/**
 * Renders every template for every status in every locale, before anybody depends on it, and
 * reports what fails and what a message lacks.
 */
final class Rehearsal {
  private static final Brand BRAND =
      new Brand("Example Status", "https://status.example.com", "1 Main Street, Springfield");
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final PersonalLinks LINKS = PersonalLinks.of(BRAND, "rehearsal", "rehearsal");
  private static final String SAMPLE_END = "271828";
  private static final String SAMPLE_HOST = "hooks.example.com";
  private static final EndpointNotice.Endpoint SAMPLE_ENDPOINT =
      new EndpointNotice.Endpoint(54, URI.create("https://" + SAMPLE_HOST + "/"), "unavailable");
  private static final int MOST_HTML = 60_000;

  private final Templates templates;
  private final Problems problems;

  Rehearsal(Templates templates, Problems problems) {
    this.templates = templates;
    this.problems = problems;
  }

  void run() {
    templates
        .pages()
        .forEach(
            (form, byStatus) -> byStatus.forEach((status, page) -> rehearse(form, status, page)));
    rehearseNotices();
  }

  private void rehearseNotices() {
    for (Words words : templates.words().values()) {
      templates
          .notices()
          .forEach((form, page) -> {
            try {
              if (form.isOfAnEndpoint()) {
                rehearseEndpoint(page, words);
              } else {
                rehearsePersonal(form, page, words);
              }
            } catch (MustacheException e) {
              problems.add(page.problem(e));
            }
          });
    }
  }

  private void rehearseEndpoint(Page page, Words words) {
    for (EndpointNotice.Kind kind : EndpointNotice.Kind.values()) {
      EndpointNotice notice =
          new EndpointNotice(
              kind, SAMPLE_ENDPOINT, Instant.EPOCH, List.of("down"), words.tag(), ZONE);
      require(page, page.render(notice.model(BRAND, words)), SAMPLE_HOST, "the {{endpoint}}");
    }
  }

  private void rehearsePersonal(NoticeForm form, Page page, Words words) {
    for (NoticeKind kind : form.kinds()) {
      PersonalNotice notice =
          new PersonalNotice(kind, SAMPLE_END, Instant.EPOCH, Instant.EPOCH, words.tag(), ZONE);
      require(
          page,
          page.render(notice.model(BRAND, words)),
          SAMPLE_END,
          kind == NoticeKind.CODE ? "the {{code}}" : "the {{link}}");
    }
  }

  private void rehearse(Form form, Status status, Page page) {
    for (Words words : templates.words().values()) {
      for (Update update : Samples.of(status)) {
        Draft draft = Draft.of(update, Samples.NAMES, BRAND, words, words.tag(), ZONE);
        try {
          rehearse(form, page, draft);
        } catch (MustacheException e) {
          problems.add(page.problem(e));
        }
      }
    }
  }

  private void rehearse(Form form, Page page, Draft draft) {
    switch (form) {
      case EMAIL_HTML -> {
        Body body = Body.of(draft.markdown(), 500);
        String html = draft.html(page, body, LINKS);
        requireMail(page, html, draft);
        if (html.getBytes(StandardCharsets.UTF_8).length > MOST_HTML) {
          problems.add(page.end().problem("longer than " + MOST_HTML + " bytes with a short text"));
        }
      }
      case EMAIL_TEXT -> requireMail(page, draft.text(page, draft.body(), LINKS), draft);
      case SMS ->
          require(
              page,
              draft.sms(page, Renderer.USUAL_SEGMENTS),
              draft.link(),
              "the incident's {{link}}");
      case WEBHOOK -> JsonCheck.check(page, draft, problems);
    }
  }

  private void requireMail(Page page, String mail, Draft draft) {
    require(page, mail, LINKS.unsubscribe(), "the {{unsubscribe}} link");
    require(page, mail, draft.link(), "the incident's {{link}}");
    require(page, mail, Samples.WORD, "the update's {{body}}");
  }

  private void require(Page page, String message, String part, String name) {
    if (!message.contains(part)) {
      problems.add(page.end().problem("the message ends without " + name));
    }
  }
}
