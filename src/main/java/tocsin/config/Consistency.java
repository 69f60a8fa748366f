package tocsin.config;

import java.util.ArrayList;
import java.util.List;

/** Settings that make sense only together, or never together. */
final class Consistency {
  private final Sources sources;
  private final List<SettingsProblem> problems = new ArrayList<>();

  private Consistency(Sources sources) {
    this.sources = sources;
  }

  static List<SettingsProblem> problems(Sources sources, Settings settings) {
    var check = new Consistency(sources);
    check.mail();
    check.twilio();
    check.ports(settings);
    return check.problems;
  }

  private void mail() {
    needs(Key.SMTP_HOST, Key.MAIL_FROM);
    needs(Key.SMTP_PASSWORD, Key.SMTP_USERNAME);
    needs(Key.MAIL_DKIM_DOMAIN, Key.MAIL_DKIM_SELECTOR);
    needs(Key.MAIL_DKIM_SELECTOR, Key.MAIL_DKIM_KEY);
    needs(Key.MAIL_DKIM_KEY, Key.MAIL_DKIM_DOMAIN);
    needs(Key.MAIL_DKIM_SECOND_SELECTOR, Key.MAIL_DKIM_SECOND_KEY);
    needs(Key.MAIL_DKIM_SECOND_KEY, Key.MAIL_DKIM_SECOND_SELECTOR);
    needs(Key.MAIL_DKIM_SECOND_KEY, Key.MAIL_DKIM_KEY);
    needs(Key.SMTP_TOKEN_PATH, Key.SMTP_USERNAME);
    needs(Key.LINK_KEY_EARLIER, Key.LINK_KEY);
    needs(Key.LINK_KEY_OWN, Key.LINK_KEY);
    needs(Key.HTTP_TLS_CERTIFICATE, Key.HTTP_TLS_KEY);
    needs(Key.HTTP_TLS_KEY, Key.HTTP_TLS_CERTIFICATE);
    needs(Key.BOUNCE_TLS_CERTIFICATE, Key.BOUNCE_TLS_KEY);
    needs(Key.BOUNCE_TLS_KEY, Key.BOUNCE_TLS_CERTIFICATE);
    if (has(Key.BOUNCE_PORT) && !has(Key.MAIL_BOUNCE_DOMAIN) && !has(Key.MAIL_UNSUBSCRIBE)) {
      problem(
          Key.BOUNCE_PORT, "no mail comes there without mail.bounce.domain or mail.unsubscribe");
    }
    boolean password = has(Key.SMTP_PASSWORD);
    boolean token = has(Key.SMTP_TOKEN_PATH);
    if (has(Key.SMTP_USERNAME) && !password && !token) {
      problem(Key.SMTP_PASSWORD, "this or smtp.token.path is needed with smtp.username");
    }
    if (password && token) {
      problem(Key.SMTP_TOKEN_PATH, "smtp.password is set as well; keep one");
    }
  }

  private void twilio() {
    needs(Key.TWILIO_ACCOUNT_SID, Key.TWILIO_AUTH_TOKEN);
    needs(Key.TWILIO_AUTH_TOKEN, Key.TWILIO_ACCOUNT_SID);
    needs(Key.TWILIO_SECONDARY_TOKEN, Key.TWILIO_AUTH_TOKEN);
    boolean number = has(Key.TWILIO_FROM);
    boolean service = has(Key.TWILIO_MESSAGING_SERVICE);
    if (has(Key.TWILIO_ACCOUNT_SID) && !number && !service) {
      problem(
          Key.TWILIO_FROM, "this or twilio.messaging.service is needed with twilio.account.sid");
    }
    if (number && service) {
      problem(Key.TWILIO_FROM, "twilio.messaging.service is set as well; keep one");
    }
  }

  private void ports(Settings settings) {
    int port = settings.management().port();
    if (port != 0 && port == settings.http().port()) {
      problem(Key.MANAGEMENT_PORT, port + " is http.port as well; take another");
    }
  }

  private void needs(Key key, Key other) {
    if (has(key) && !has(other)) {
      problem(other, "needed with " + key.property());
    }
  }

  private boolean has(Key key) {
    return sources.of(key).isPresent();
  }

  private void problem(Key key, String detail) {
    String origin = sources.of(key).map(Written::origin).orElse("not set");
    problems.add(new SettingsProblem(key.property(), origin, detail));
  }
}
