package tocsin.demo;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;

/** Where everything that the demo's gateway sends arrives: three servers on loopback. */
public final class DemoReceivers implements AutoCloseable {
  private static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String SMS_SENDER = "MG" + "0".repeat(32);

  private final Arrivals arrivals;
  private final Mailbox mailbox;
  private final FakeTwilio twilio;
  private final WebhookReceiver webhooks;

  private DemoReceivers(Vertx vertx) {
    InstantSource clock = InstantSource.system();
    this.arrivals = new Arrivals(clock, new TellTales(FoundingIncident.recording()));
    this.mailbox = Mailbox.open(arrivals);
    this.twilio = FakeTwilio.open(vertx, clock, arrivals, AUTH_TOKEN).await();
    this.webhooks = WebhookReceiver.open(vertx, clock, arrivals).await();
  }

  /** Each on a free port; waits until they listen. They know the founding incident's words. */
  public static DemoReceivers start(Vertx vertx) {
    return new DemoReceivers(vertx);
  }

  /** The environment variables that point a gateway at them. */
  public Map<String, String> environment() {
    return Map.of(
        "TOCSIN_SMTP_HOST",
        "127.0.0.1",
        "TOCSIN_SMTP_PORT",
        Integer.toString(mailbox.port()),
        "TOCSIN_SMTP_STARTTLS",
        "off",
        "TOCSIN_MAIL_FROM",
        "Acme Status <status@example.com>",
        "TOCSIN_TWILIO_BASE_URL",
        twilio.baseUrl().toString(),
        "TOCSIN_TWILIO_ACCOUNT_SID",
        FakeTwilio.ACCOUNT,
        "TOCSIN_TWILIO_AUTH_TOKEN",
        AUTH_TOKEN,
        "TOCSIN_TWILIO_MESSAGING_SERVICE",
        SMS_SENDER,
        "TOCSIN_WEBHOOK_ALLOW",
        "127.0.0.1");
  }

  public Arrivals arrivals() {
    return arrivals;
  }

  WebhookReceiver webhooks() {
    return webhooks;
  }

  @Override
  public void close() {
    mailbox.close();
    twilio.close().await();
    webhooks.close().await();
  }
}
