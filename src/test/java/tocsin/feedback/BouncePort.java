package tocsin.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tocsin.audience.LinkTokens;
import tocsin.audience.SignedReturnPath;
import tocsin.feedback.mail.Mails;

/** Where mail for the bounce domain comes in, and what it counted. */
final class BouncePort implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  static final String DOMAIN = "bounces.example.com";
  static final SignedReturnPath RETURN_PATH =
      new SignedReturnPath("bounce-key".getBytes(UTF_8), DOMAIN);
  static final LinkTokens TOKENS = new LinkTokens("link-key".getBytes(UTF_8));

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Who asked to leave. */
  final List<Integer> left = Collections.synchronizedList(new ArrayList<>());

  private final BounceServer server;

  BouncePort(Pool pool) {
    this(pool, null);
  }

  /**
   * @param tls null: no STARTTLS
   */
  BouncePort(Pool pool, @Nullable Supplier<SSLContext> tls) {
    server =
        BounceServer.open(
            "127.0.0.1",
            0,
            "mx.example.com",
            tls,
            new MailHearing(
                new Addressees(
                    RETURN_PATH, DOMAIN, "leave@example.com", TOKENS, InstantSource.fixed(NOW)),
                new MailEvents(pool, registry),
                subscriber -> {
                  left.add(subscriber);
                  return Future.succeededFuture();
                },
                registry));
  }

  int number() {
    return server.port();
  }

  /** The answer to the whole mail, or the first refusal. */
  String send(String sender, String recipient, String mail) {
    return send(sender, recipient, Mails.octets(mail));
  }

  String send(String sender, String recipient, byte[] mail) {
    try (SmtpClient client = new SmtpClient(number())) {
      client.command("EHLO relay.example.net");
      client.command("MAIL FROM:<" + sender + ">");
      String taken = client.command("RCPT TO:<" + recipient + ">");
      return taken.startsWith("250") ? client.data(mail) : taken;
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
