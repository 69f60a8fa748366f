package tocsin.render;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import tocsin.audience.Dialect;
import tocsin.audience.Mailbox;
import tocsin.config.Settings;
import tocsin.incident.Update;

/** Makes an update into what recipients of one locale and zone get. Pure; for many threads. */
public final class Renderer {
  /**
   * Gmail hides what stands beyond 102 kB, the way to unsubscribe first of all. Leaves room below
   * 60 kB for what stands in the slots, and for ends of lines of two octets.
   */
  private static final int MOST_HTML = 58_000;

  static final int USUAL_SEGMENTS = 2;

  private static final int MOST_MAIL = 100_000;
  private static final int MOST_JSON = 20_000;

  private final Templates templates;
  private final Brand brand;
  private final MailComposer composer;
  private final int segments;

  /** Mails have nothing but a sender. */
  public Renderer(Templates templates, Settings.MailFrom from, URI publicUrl) {
    this(templates, Settings.Mail.from(from), publicUrl);
  }

  public Renderer(Templates templates, Settings.Mail mail, URI publicUrl) {
    this(templates, mail, publicUrl, USUAL_SEGMENTS);
  }

  /** Mails bear no postal address. */
  public Renderer(Templates templates, Settings.Mail mail, URI publicUrl, int segments) {
    this(templates, mail, publicUrl, segments, "");
  }

  /**
   * @param segments that the text of an SMS is fitted to
   * @param postal address of who sends, in one line; may be empty
   */
  public Renderer(
      Templates templates, Settings.Mail mail, URI publicUrl, int segments, String postal) {
    this.segments = segments;
    this.templates = templates;
    this.brand = Brand.of(mail.from(), publicUrl, postal);
    this.composer = MailComposer.of(mail, brand);
  }

  /** To one person each. */
  public PreparedEmail email(Update update, Names names, String locale, ZoneId zone) {
    return email(update, names, locale, zone, Mailbox.PERSONAL);
  }

  /** The update's words are cut, with a link to the rest, where mail readers would cut them. */
  public PreparedEmail email(
      Update update, Names names, String locale, ZoneId zone, Mailbox mailbox) {
    Draft draft = draft(update, names, locale, zone);
    Page html = templates.page(Form.EMAIL_HTML, update.status());
    Page text = templates.page(Form.EMAIL_TEXT, update.status());
    Placeholders slots = Placeholders.of(draft.toString());
    PersonalLinks links =
        PersonalLinks.of(brand, slots.of(Slot.UNSUBSCRIBE), slots.of(Slot.PREFERENCES));
    for (Body body = draft.body(); ; body = body.smaller()) {
      String page = draft.html(html, body, links);
      if (!body.isSmall() && size(page) >= MOST_HTML) {
        continue;
      }
      PreparedEmail mail =
          composer.composed(draft, mailbox, slots, draft.text(text, body, links), page);
      if (body.isSmall() || mail.size() < MOST_MAIL) {
        return mail;
      }
    }
  }

  /** Within the segments, if title, link and the way out leave any choice. */
  public PreparedSms sms(Update update, Names names, String locale, ZoneId zone) {
    String text =
        draft(update, names, locale, zone).sms(templates.page(Form.SMS, update.status()), segments);
    return new PreparedSms(text, SmsSegments.count(text));
  }

  /**
   * The last of the updates, in somebody's form.
   *
   * @param history of one incident, in sequence
   */
  public PreparedWebhook webhook(
      Dialect dialect, List<Update> history, Names names, String locale, ZoneId zone) {
    Update update = history.getLast();
    return switch (dialect) {
      case NATIVE -> webhook(update, names, locale, zone);
      case STATUSPAGE -> StatuspageEvent.of(history, names, brand, locale);
      case SLACK -> SlackMessage.of(draft(update, names, locale, zone));
      case TEAMS -> TeamsMessage.of(draft(update, names, locale, zone));
    };
  }

  /** What an endpoint is tried with; it tells of no update. */
  public PreparedWebhook test(Dialect dialect, int subscriber, String locale, Instant now) {
    String text = templates.words(locale).get("say.test", "brand", brand.name());
    return TestMessage.of(dialect, subscriber, text, now);
  }

  /** What an endpoint is to answer with before it is sent anything else. */
  public PreparedWebhook challenge(String challenge, Instant now) {
    return ChallengeEvent.of(challenge, now);
  }

  /**
   * A code that people are to read and type in.
   *
   * @param dialect one of a chat
   */
  public PreparedWebhook code(Dialect dialect, String code, String locale) {
    String text =
        templates.words(locale).get("chat.code", "code", code).replace("{brand}", brand.name());
    return dialect == Dialect.TEAMS ? ChatText.teams(text) : ChatText.slack(text);
  }

  /** The update's words are cut where the event would grow beyond 20 kB. */
  PreparedWebhook webhook(Update update, Names names, String locale, ZoneId zone) {
    Draft draft = draft(update, names, locale, zone);
    Page page = templates.page(Form.WEBHOOK, update.status());
    for (Body body = draft.body(); ; body = body.smaller()) {
      String json = draft.json(page, body);
      if (body.isSmall() || size(json) <= MOST_JSON) {
        return PreparedWebhook.of(json);
      }
    }
  }

  /** The languages that there are words for, {@code en} among them, in order. */
  public List<String> locales() {
    return templates.words().values().stream().map(Words::tag).sorted().toList();
  }

  private Draft draft(Update update, Names names, String locale, ZoneId zone) {
    return Draft.of(update, names, brand, templates.words(locale), locale, zone);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
