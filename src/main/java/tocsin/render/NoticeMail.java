package tocsin.render;

import java.net.URI;
import java.time.Instant;
import tocsin.config.Settings;

/** Makes the mail of a notice, which is to one person and no part of a list. */
public final class NoticeMail {
  private final Templates templates;
  private final Brand brand;
  private final MailComposer composer;

  public NoticeMail(Templates templates, Settings.Mail mail, URI publicUrl) {
    this.templates = templates;
    this.brand = Brand.of(mail.from(), publicUrl);
    this.composer = MailComposer.of(mail, brand);
  }

  /**
   * @param recipient an address as its server takes it
   * @param id of the message, unique, without the domain
   */
  public MailOctets of(EndpointNotice notice, String recipient, String id, Instant now) {
    Words words = templates.words(notice.locale());
    var model = notice.model(brand, words);
    return composer
        .composed(
            notice,
            words,
            templates.notice(Form.EMAIL_TEXT).render(model),
            templates.notice(Form.EMAIL_HTML).render(model))
        .addressed(recipient, id, now);
  }
}
