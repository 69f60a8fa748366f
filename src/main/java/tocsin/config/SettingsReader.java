package tocsin.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.config.Settings.BounceServer;
import tocsin.config.Settings.Brand;
import tocsin.config.Settings.Dkim;
import tocsin.config.Settings.DkimKey;
import tocsin.config.Settings.Drain;
import tocsin.config.Settings.Feedback;
import tocsin.config.Settings.Http;
import tocsin.config.Settings.Links;
import tocsin.config.Settings.Login;
import tocsin.config.Settings.Mail;
import tocsin.config.Settings.Management;
import tocsin.config.Settings.OptIn;
import tocsin.config.Settings.PemFiles;
import tocsin.config.Settings.Retention;
import tocsin.config.Settings.Sms;
import tocsin.config.Settings.Smtp;
import tocsin.config.Settings.Trace;
import tocsin.config.Settings.Twilio;
import tocsin.config.Settings.Webhooks;

/** Understands what was written, and collects everything that it does not. */
final class SettingsReader {
  private final Sources sources;
  private final List<SettingsProblem> problems;

  private SettingsReader(Sources sources) {
    this.sources = sources;
    this.problems = new ArrayList<>(sources.problems());
  }

  static Settings read(Sources sources) throws SettingsException {
    var reader = new SettingsReader(sources);
    Settings settings = reader.settings();
    reader.problems.addAll(Consistency.problems(sources, settings));
    if (!reader.problems.isEmpty()) {
      throw new SettingsException(reader.problems);
    }
    return settings;
  }

  private Settings settings() {
    String host = value(Key.HTTP_HOST, Values::host);
    URI publicUrl = value(Key.PUBLIC_URL, Values::publicUrl);
    Mail mail = mail();
    return new Settings(
        new Http(
            host,
            value(Key.HTTP_PORT, Values::listenPort),
            value(Key.HTTP_PROXIES, AllowedTargets::ranges),
            pemFiles(Key.HTTP_TLS_CERTIFICATE, Key.HTTP_TLS_KEY)),
        new Management(
            Objects.requireNonNullElse(optional(Key.MANAGEMENT_HOST, Values::host), host),
            value(Key.MANAGEMENT_PORT, Values::listenPort)),
        publicUrl,
        brand(mail),
        new Drain(
            value(Key.DRAIN_DELAY, Values::drainDelay),
            value(Key.DRAIN_TIMEOUT, Values::drainTimeout)),
        value(Key.DATA_DIR, Values::path),
        optional(Key.DATABASE_URL, DatabaseUrl::parse),
        optional(Key.ADMIN_KEY, Values::longKey),
        new Links(
            optional(Key.LINK_KEY, Values::longKey),
            optional(Key.LINK_KEY_EARLIER, Values::longKey),
            value(Key.LINK_KEY_OWN, Values::ownKey)),
        new Trace(
            optional(Key.TRACE_ENDPOINT, Values::baseUrl),
            value(Key.TRACE_RECIPIENTS, Values::share)),
        value(Key.UPDATES_GATHER, Values::gather),
        new Retention(
            value(Key.RETENTION_DELIVERIES, Values::retention),
            value(Key.RETENTION_QUARANTINE, Values::retention),
            value(Key.RETENTION_LEFT, Values::retention),
            value(Key.RETENTION_CONSENTS, Values::retention),
            value(Key.RETENTION_AUDIT, Values::retention)),
        optional(Key.TEMPLATES_DIR, Values::folder),
        smtp(),
        Objects.requireNonNullElseGet(
            optional(Key.SMTP_NAME, Values::qualifiedName), () -> mailName(publicUrl, mail)),
        mail,
        feedback(),
        twilio(),
        new Sms(
            value(Key.SMS_SEGMENTS, Values::smsSegments),
            value(Key.SMS_ON_UNKNOWN, Values::onUnknown),
            value(Key.SMS_COUNTRIES, SigningUp::countries)),
        new OptIn(
            value(Key.OPTIN_LIFETIME, SigningUp::lifetime),
            value(Key.OPTIN_PER_HOUR, SigningUp::perHour)),
        new Webhooks(
            value(Key.WEBHOOK_ALLOW, AllowedTargets::parse),
            value(Key.WEBHOOK_CONNECTIONS, Values::connections)));
  }

  /** One that others can look up, if there is any. */
  private static String mailName(URI publicUrl, Mail mail) {
    String host = publicUrl.getHost();
    return Values.isQualified(host) ? host : mail.from().domain();
  }

  private Brand brand(Mail mail) {
    return new Brand(
        Objects.requireNonNullElse(optional(Key.BRAND_NAME, Branding::name), mail.from().name()),
        optional(Key.BRAND_LOGO, LogoFile::read),
        value(Key.BRAND_COLOR, Branding::color),
        optional(Key.BRAND_URL, Branding::page),
        optional(Key.BRAND_TERMS, Branding::page),
        optional(Key.BRAND_PRIVACY, Branding::page),
        optional(Key.BRAND_ADDRESS, Branding::address));
  }

  private Smtp smtp() {
    return new Smtp(
        optional(Key.SMTP_HOST, Values::host),
        value(Key.SMTP_PORT, Values::port),
        value(Key.SMTP_STARTTLS, Values::smtpTls),
        optional(Key.SMTP_CA, Values::file),
        login(),
        value(Key.SMTP_CONNECTIONS, Values::connections));
  }

  private Mail mail() {
    return new Mail(
        value(Key.MAIL_FROM, Values::mailFrom),
        optional(Key.MAIL_UNSUBSCRIBE, Values::mailbox),
        optional(Key.MAIL_BOUNCE_DOMAIN, Values::domain),
        dkim());
  }

  private Feedback feedback() {
    Integer port = optional(Key.BOUNCE_PORT, Values::listenPort);
    PemFiles tls = pemFiles(Key.BOUNCE_TLS_CERTIFICATE, Key.BOUNCE_TLS_KEY);
    return new Feedback(
        port == null ? null : new BounceServer(value(Key.BOUNCE_HOST, Values::host), port, tls),
        Objects.requireNonNullElse(optional(Key.SES_TOPIC, Values::topics), List.of()),
        optional(Key.SENDGRID_KEY, Values::publicKey),
        optional(Key.MAILGUN_KEY, Secret::new));
  }

  private @Nullable PemFiles pemFiles(Key certificate, Key key) {
    Path chain = optional(certificate, Values::file);
    Path its = optional(key, Values::file);
    return chain == null || its == null ? null : new PemFiles(chain, its);
  }

  private @Nullable Dkim dkim() {
    String domain = optional(Key.MAIL_DKIM_DOMAIN, Values::domain);
    List<DkimKey> keys =
        Stream.of(
                dkimKey(Key.MAIL_DKIM_SELECTOR, Key.MAIL_DKIM_KEY),
                dkimKey(Key.MAIL_DKIM_SECOND_SELECTOR, Key.MAIL_DKIM_SECOND_KEY))
            .flatMap(Optional::stream)
            .toList();
    return domain == null || keys.isEmpty() ? null : new Dkim(domain, keys);
  }

  private Optional<DkimKey> dkimKey(Key selector, Key key) {
    String name = optional(selector, Values::domainPart);
    DkimPrivateKey signing = optional(key, DkimPrivateKey::parse);
    return name == null || signing == null
        ? Optional.empty()
        : Optional.of(new DkimKey(name, signing));
  }

  private @Nullable Login login() {
    String username = optional(Key.SMTP_USERNAME, Function.identity());
    Secret password = optional(Key.SMTP_PASSWORD, Secret::new);
    Path token = optional(Key.SMTP_TOKEN_PATH, Values::file);
    if (username == null) {
      return null;
    }
    if (token != null) {
      return new Login.Token(username, token);
    }
    return password == null ? null : new Login.Password(username, password);
  }

  private Twilio twilio() {
    return new Twilio(
        optional(Key.TWILIO_ACCOUNT_SID, Values::accountSid),
        optional(Key.TWILIO_AUTH_TOKEN, Secret::new),
        optional(Key.TWILIO_SECONDARY_TOKEN, Secret::new),
        Objects.requireNonNullElse(optional(Key.TWILIO_FROM, Values::smsSenders), List.of()),
        optional(Key.TWILIO_MESSAGING_SERVICE, Values::messagingService),
        value(Key.TWILIO_BASE_URL, Values::baseUrl),
        value(Key.TWILIO_CONNECTIONS, Values::connections));
  }

  private <T> T value(Key key, Function<String, T> meaning) {
    T understood = optional(key, meaning);
    return understood == null ? meaning.apply(key.fallback()) : understood;
  }

  /** Null where nothing was written, and where it was not understood, which is then a problem. */
  private <T> @Nullable T optional(Key key, Function<String, T> meaning) {
    Written written = sources.of(key).orElse(null);
    if (written == null) {
      return null;
    }
    try {
      return meaning.apply(written.value());
    } catch (IllegalArgumentException notUnderstood) {
      String shown = key.secret() ? "" : '"' + written.value() + "\": ";
      problems.add(
          new SettingsProblem(
              key.property(), written.origin(), shown + notUnderstood.getMessage()));
      return null;
    }
  }
}
