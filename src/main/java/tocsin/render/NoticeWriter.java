package tocsin.render;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import tocsin.config.Settings;

/** Makes notices, which are to one person each and no part of a list. */
public final class NoticeWriter {
  private final Templates templates;
  private final Brand brand;
  private final MailComposer composer;

  /**
   * @param postal address of who sends, in one line; may be empty
   */
  public NoticeWriter(Templates templates, Settings.Mail mail, URI publicUrl, String postal) {
    this.templates = templates;
    this.brand = Brand.of(mail.from(), publicUrl, postal);
    this.composer = MailComposer.of(mail, brand);
  }

  /**
   * @param recipient an address as its server takes it
   * @param id of the message, unique, without the domain
   */
  public MailOctets mail(MailNotice notice, String recipient, String id, Instant now) {
    Words words = templates.words(notice.locale());
    Map<String, ?> model = notice.model(brand, words);
    return composer
        .composed(
            notice,
            words,
            PlainLines.wrapped(templates.notice(notice.text()).render(model)),
            templates.notice(notice.html()).render(model))
        .addressed(recipient, id, now);
  }

  /**
   * @param notice of the kind CODE, KNOWN or WELCOME
   */
  public PreparedSms text(PersonalNotice notice) {
    Words words = templates.words(notice.locale());
    NoticeForm form =
        switch (notice.kind()) {
          case CODE -> NoticeForm.CODE;
          case WELCOME -> NoticeForm.WELCOME;
          case KNOWN, CONFIRM, LEAVE -> NoticeForm.KNOWN;
        };
    String text =
        GsmLookalikes.replaced(templates.notice(form).render(notice.model(brand, words))).strip();
    return new PreparedSms(text, SmsSegments.count(text));
  }
}
