package tocsin.render;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import tocsin.incident.Impact;
import tocsin.incident.Kind;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/**
 * One update in one locale and zone, to be put through the pages of each form.
 *
 * @param markdown the update's words in that locale
 */
record Draft(Update update, Names names, Brand brand, Words words, ZoneId zone, String markdown) {
  static Draft of(
      Update update, Names names, Brand brand, Words words, String locale, ZoneId zone) {
    String markdown = SafeText.block(update.body().in(locale)).strip();
    return new Draft(update, names, brand, words, zone, markdown);
  }

  String link() {
    return brand.incident(update.incident());
  }

  Body body() {
    return Body.of(markdown, Body.LONGEST);
  }

  String html(Page page, Body body, PersonalLinks links) {
    return page.render(mail(body, links).with("body", Markdown.html(body.markdown())).values());
  }

  String text(Page page, Body body, PersonalLinks links) {
    return PlainLines.wrapped(
        page.render(mail(body, links).with("body", Markdown.text(body.markdown())).values()));
  }

  /**
   * @param segments as many as will do, if title, link and the way out leave any choice
   */
  String sms(Page page, int segments) {
    String title = GsmLookalikes.replaced(Model.title(update));
    String words =
        GsmLookalikes.replaced(SafeText.line(Markdown.text(Body.of(markdown, 2000).markdown())));
    return new SmsFit(segments)
        .fitted(
            title,
            words,
            (shortTitle, shortWords) ->
                GsmLookalikes.replaced(
                        page.render(
                            model().with("title", shortTitle).with("body", shortWords).values()))
                    .strip());
  }

  String json(Page page, Body body) {
    return page.render(
        model()
            .with("body", body.markdown())
            .with("cut", body.isCut())
            .with(
                "sections",
                Markdown.sections(body.markdown()).stream().map(Section::values).toList())
            .values());
  }

  String title() {
    return Model.title(update);
  }

  /** The status in words, and how hard customers are hit where they are. */
  String state() {
    String status = words.get("status." + update.status().word());
    return update.impact() == Impact.NONE
        ? status
        : status + " \u00b7 " + words.get("impact." + update.impact().word());
  }

  /** What is affected, one scope a line. */
  List<String> affected() {
    return Affected.lines(update.affects(), names, words);
  }

  String moment(Instant at) {
    return Objects.requireNonNull(Moment.of(at, words, zone).get("short"));
  }

  /** From when until when. */
  String span(Window window) {
    return "%s %s %s".formatted(moment(window.from()), say("until"), moment(window.until()));
  }

  /** A saying of the words file. */
  String say(String name) {
    return words.get("say." + name, "brand", brand.name());
  }

  /** What the link to the incident's page says. */
  String view() {
    return say(update.status().kind() == Kind.MAINTENANCE ? "viewMaintenance" : "view");
  }

  private Model mail(Body body, PersonalLinks links) {
    return model()
        .with("cut", body.isCut())
        .with("postal", brand.postal())
        .with("unsubscribe", links.unsubscribe())
        .with("preferences", links.preferences());
  }

  private Model model() {
    return new Model(update, names, brand, words, zone);
  }
}
