package tocsin.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting there is: name, default, and one line for who sets it. */
public enum Key {
  HTTP_HOST("http.host", "0.0.0.0", "Address that the API and the pages listen on"),
  HTTP_PORT("http.port", "8080", "Port of the API and the pages; 0 takes a free one"),
  HTTP_PROXIES(
      "http.proxies", "", "Addresses and CIDR blocks of proxies whose X-Forwarded-For is believed"),
  HTTP_TLS_CERTIFICATE(
      "http.tls.certificate",
      "",
      "PEM file of the certificate of the API and the pages; empty: a proxy speaks TLS"),
  HTTP_TLS_KEY("http.tls.key", "", "PEM file of the certificate's key"),
  MANAGEMENT_HOST(
      "management.host", "", "Address that health and metrics listen on; empty: as http.host"),
  MANAGEMENT_PORT("management.port", "9090", "Port of health and metrics; 0 takes a free one"),
  PUBLIC_URL("public.url", "http://localhost:8080", "Where subscribers reach this gateway"),
  BRAND_NAME("brand.name", "", "Who speaks on the pages; empty: the name of mail.from"),
  BRAND_LOGO("brand.logo", "", "Logo on the pages: a PNG, SVG or WebP file of at most 256 KB"),
  BRAND_COLOR("brand.color", "#1f5c63", "Colour of links and buttons, as in #1f5c63"),
  BRAND_URL("brand.url", "", "Where the name on the pages leads"),
  BRAND_TERMS("brand.terms", "", "Page with the terms of the messages"),
  BRAND_PRIVACY("brand.privacy", "", "Page with the privacy policy"),
  BRAND_ADDRESS("brand.address", "", "Postal address of who sends the messages, in one line"),
  DRAIN_DELAY(
      "drain.delay",
      "PT0S",
      "How long it still takes requests when it is stopped, until load balancers have noticed"),
  DRAIN_TIMEOUT(
      "drain.timeout", "PT30S", "How long what is in flight may take to end when it is stopped"),
  DATA_DIR("data.dir", "data", "Folder of the embedded PostgreSQL"),
  DATABASE_URL(
      "database.url",
      Sensitivity.SECRET,
      "External PostgreSQL, postgresql://user:password@host:5432/tocsin; empty: embedded"),
  ADMIN_KEY("admin.key", Sensitivity.SECRET, "First API key, with the role admin"),
  LINK_KEY(
      "link.key",
      Sensitivity.SECRET,
      "Signs the links to subscribers; empty: made once and kept in the database"),
  LINK_KEY_EARLIER(
      "link.key.earlier",
      Sensitivity.SECRET,
      "The key before: links that it signed still work, new ones are signed by link.key"),
  LINK_KEY_OWN(
      "link.key.own",
      "accepted",
      "Links that the database's own key signed: accepted, or refused once a backup has leaked"),
  TRACE_ENDPOINT(
      "trace.endpoint",
      "",
      "Collector of traces, OTLP over HTTP: http://collector:4318/v1/traces; empty: no traces"),
  TRACE_RECIPIENTS(
      "trace.recipients", "0.001", "Share of recipients whose sends are in the traces, 0 to 1"),
  TEMPLATES_DIR("templates.dir", "", "Folder of templates that replace the built-in ones"),
  UPDATES_GATHER(
      "updates.gather",
      "PT0S",
      "How long an update waits for the next one of its incident, so that both become one message"),
  RETENTION_DELIVERIES(
      "retention.deliveries", "P90D", "How long it is kept who was sent what, of closed incidents"),
  RETENTION_QUARANTINE(
      "retention.quarantine", "P90D", "How long an address that does not work is kept"),
  RETENTION_LEFT("retention.left", "P3Y", "How long the address of who left is kept"),
  RETENTION_CONSENTS(
      "retention.consents", "P3Y", "How long the proof of a consent is kept after its end"),
  RETENTION_AUDIT("retention.audit", "P400D", "How long it is kept who changed what"),
  SMTP_HOST("smtp.host", "", "Mail server; empty: no e-mail is sent"),
  SMTP_NAME(
      "smtp.name",
      "",
      "Our host name in EHLO; empty: that of public.url, or the domain of mail.from"),
  SMTP_PORT("smtp.port", "587", "Port of the mail server"),
  SMTP_STARTTLS(
      "smtp.starttls",
      "required",
      "TLS to the mail server: off, optional, required, or implicit as on port 465"),
  SMTP_CA("smtp.ca", "", "PEM file of who may certify the mail server; empty: as the JDK"),
  SMTP_USERNAME("smtp.username", "", "User name at the mail server"),
  SMTP_PASSWORD("smtp.password", Sensitivity.SECRET, "Password at the mail server"),
  SMTP_TOKEN_PATH(
      "smtp.token.path", "", "File with an access token instead, read for each connection"),
  SMTP_CONNECTIONS("smtp.connections", "8", "Connections to the mail server at once"),
  MAIL_FROM(
      "mail.from",
      "Tocsin <tocsin@localhost>",
      "Sender of every mail, as in Acme Status <status@example.com>"),
  MAIL_UNSUBSCRIBE(
      "mail.unsubscribe",
      "",
      "Mailbox that people may ask to be unsubscribed, read by somebody; empty: links only"),
  MAIL_BOUNCE_DOMAIN(
      "mail.bounce.domain",
      "",
      "Domain of a signed return path for each mail; empty: bounces go to mail.from"),
  BOUNCE_HOST("bounce.host", "0.0.0.0", "Address that mail for the bounce domain comes in at"),
  BOUNCE_PORT(
      "bounce.port",
      "",
      "Port that mail for the bounce domain comes in at; empty: none comes here"),
  BOUNCE_TLS_CERTIFICATE(
      "bounce.tls.certificate",
      "",
      "PEM file of the certificate for STARTTLS there; empty: no TLS"),
  BOUNCE_TLS_KEY("bounce.tls.key", "", "PEM file of the certificate's key"),
  SES_TOPIC(
      "ses.topic", "", "SNS topics that report what became of mails, ARNs with commas between"),
  SENDGRID_KEY("sendgrid.key", "", "Public key that signs the event webhook of SendGrid"),
  MAILGUN_KEY("mailgun.key", Sensitivity.SECRET, "Key that signs the webhooks of Mailgun"),
  MAIL_DKIM_DOMAIN("mail.dkim.domain", "", "Domain that signs every mail; empty: the relay signs"),
  MAIL_DKIM_SELECTOR("mail.dkim.selector", "", "Name of the key under _domainkey"),
  MAIL_DKIM_KEY(
      "mail.dkim.key", Sensitivity.SECRET, "RSA or Ed25519 key of the selector, PEM of PKCS #8"),
  MAIL_DKIM_SECOND_SELECTOR(
      "mail.dkim.second.selector", "", "Name of a second key, which signs as well"),
  MAIL_DKIM_SECOND_KEY(
      "mail.dkim.second.key", Sensitivity.SECRET, "Key of the second selector, PEM of PKCS #8"),
  TWILIO_ACCOUNT_SID("twilio.account.sid", "", "Twilio account; empty: no SMS is sent"),
  TWILIO_AUTH_TOKEN("twilio.auth.token", Sensitivity.SECRET, "Token of the Twilio account"),
  TWILIO_SECONDARY_TOKEN(
      "twilio.auth.token.secondary",
      Sensitivity.SECRET,
      "Second token, good for callbacks as well while tokens are rotated"),
  TWILIO_FROM(
      "twilio.from",
      "",
      "Number that SMS come from, as in +15005550006, or several with commas between"),
  TWILIO_MESSAGING_SERVICE(
      "twilio.messaging.service", "", "Messaging Service that SMS come from, as in MG0123..."),
  TWILIO_BASE_URL("twilio.base.url", "https://api.twilio.com", "Where the Twilio API is"),
  TWILIO_CONNECTIONS("twilio.connections", "16", "Requests to Twilio at once"),
  SMS_SEGMENTS("sms.segments", "2", "Segments that the text of an SMS is fitted to, 1 to 10"),
  SMS_ON_UNKNOWN(
      "sms.on.unknown",
      "drop",
      "What becomes of an SMS that may have been sent: drop, or retry and risk a second one"),
  SMS_COUNTRIES(
      "sms.countries",
      "",
      "Countries whose numbers people may sign up by themselves, as in DE,US; empty: all"),
  OPTIN_LIFETIME("optin.lifetime", "PT48H", "How long an opt-in can be confirmed, PT24H to PT72H"),
  OPTIN_PER_HOUR(
      "optin.per.hour", "1000", "Opt-ins that are taken within an hour, of all together"),
  WEBHOOK_ALLOW(
      "webhook.allow", "", "Hosts, addresses and CIDR blocks that are allowed although private"),
  WEBHOOK_CONNECTIONS("webhook.connections", "64", "Webhook requests at once");

  /** Whether a value may be shown. */
  private enum Sensitivity {
    PUBLIC,
    SECRET
  }

  /** Before the name of every variable of the environment that is ours. */
  static final String PREFIX = "TOCSIN_";

  private final String property;
  private final String fallback;
  private final Sensitivity sensitivity;
  private final String documentation;

  Key(String property, String fallback, String documentation) {
    this(property, fallback, Sensitivity.PUBLIC, documentation);
  }

  Key(String property, Sensitivity sensitivity, String documentation) {
    this(property, "", sensitivity, documentation);
  }

  Key(String property, String fallback, Sensitivity sensitivity, String documentation) {
    this.property = property;
    this.fallback = fallback;
    this.sensitivity = sensitivity;
    this.documentation = documentation;
  }

  /** Its name in a file, {@code smtp.host}. */
  public String property() {
    return property;
  }

  /** Its name in the environment, {@code TOCSIN_SMTP_HOST}. */
  public String variable() {
    return PREFIX + property.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** Empty: it has none. */
  public String fallback() {
    return fallback;
  }

  public boolean secret() {
    return sensitivity == Sensitivity.SECRET;
  }

  public String documentation() {
    return documentation;
  }

  static Optional<Key> ofProperty(String property) {
    return Stream.of(values()).filter(key -> key.property.equals(property)).findAny();
  }

  static Optional<Key> ofVariable(String variable) {
    return Stream.of(values()).filter(key -> key.variable().equals(variable)).findAny();
  }
}
