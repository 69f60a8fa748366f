package tocsin.render;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import tocsin.config.Settings;
import tocsin.incident.Update;

/** Makes an update into what recipients of one locale and zone get. Pure. */
public final class Renderer {

  public Renderer(Templates templates, Settings.MailFrom from, URI publicUrl) {}

  public PreparedEmail email(Update update, Names names, String locale, ZoneId zone) {
    return new PreparedEmail();
  }

  public PreparedSms sms(Update update, Names names, String locale, ZoneId zone) {
    return new PreparedSms("", 1);
  }

  public PreparedWebhook webhook(Update update, Names names, String locale, ZoneId zone) {
    return new PreparedWebhook(new byte[0]);
  }

  /** The languages that there are words for, {@code en} among them. */
  public List<String> locales() {
    return List.of("en");
  }
}
