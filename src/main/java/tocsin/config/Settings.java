package tocsin.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decided, checked.
 *
 * @param publicUrl where subscribers reach this gateway, without a trailing slash
 * @param dataDir where the embedded database keeps everything
 * @param databaseUrl an external PostgreSQL; null: the embedded one
 * @param adminKey the first API key; null: none is set from here
 * @param gather how long an update waits for the next of its incident, which then replaces it
 * @param mailName our host name to the mail server (RFC 5321, 4.1.1.1)
 * @param templatesDir templates that replace the built-in ones; null: built-in only
 */
public record Settings(
    Http http,
    Management management,
    URI publicUrl,
    Brand brand,
    Drain drain,
    Path dataDir,
    @Nullable DatabaseUrl databaseUrl,
    @Nullable Secret adminKey,
    Links links,
    Trace trace,
    Duration gather,
    Retention retention,
    @Nullable Path templatesDir,
    Smtp smtp,
    String mailName,
    Mail mail,
    Feedback feedback,
    Twilio twilio,
    Sms sms,
    OptIn optIn,
    Webhooks webhooks) {

  /**
   * Defaults, then the file, then the environment.
   *
   * @param file null: no file
   * @throws SettingsException with every problem at once
   */
  public static Settings load(@Nullable Path file, Map<String, String> environment)
      throws SettingsException {
    return SettingsReader.read(Sources.read(file, environment));
  }

  /**
   * How links to subscribers are signed.
   *
   * @param key null: one that is made once and kept in the database
   * @param earlier what signed before; null: nothing else
   * @param own whether links that the database's key signed work
   */
  public record Links(@Nullable Secret key, @Nullable Secret earlier, OwnKey own) {}

  /** What becomes of links that the database's own key signed. */
  public enum OwnKey {
    ACCEPTED,
    REFUSED
  }

  /**
   * What is followed by OpenTelemetry.
   *
   * @param endpoint null: nothing is
   * @param recipients share of them, 0 to 1
   */
  public record Trace(@Nullable URI endpoint, double recipients) {}

  /**
   * How it stops.
   *
   * @param delay from when it is no longer ready to when it takes no more requests
   * @param timeout then what is in flight may take so long to end
   */
  public record Drain(Duration delay, Duration timeout) {}

  /**
   * Where the API and the pages listen.
   *
   * @param port 0: any free one
   * @param proxies addresses and CIDR blocks whose X-Forwarded-For is believed
   * @param tls null: a proxy speaks TLS
   */
  public record Http(String host, int port, List<String> proxies, @Nullable PemFiles tls) {
    public Http {
      proxies = List.copyOf(proxies);
    }
  }

  /**
   * Who speaks to people, and how it looks.
   *
   * @param name may be empty
   * @param logo null: a bell
   * @param color {@code #rrggbb}
   * @param address postal, in one line
   */
  public record Brand(
      String name,
      @Nullable LogoFile logo,
      String color,
      @Nullable URI url,
      @Nullable URI terms,
      @Nullable URI privacy,
      @Nullable String address) {}

  /** Where health and metrics listen. Port 0: any free one. */
  public record Management(String host, int port) {}

  /** Whether the mail server must, may or must not speak TLS. */
  public enum SmtpTls {
    OFF,
    /** STARTTLS where it is offered. */
    OPTIONAL,
    /** STARTTLS. */
    REQUIRED,
    /** From the first octet on (RFC 8314). */
    IMPLICIT
  }

  /** Who we are to the mail server. */
  public sealed interface Login {
    /** AUTH PLAIN or LOGIN. */
    record Password(String username, Secret password) implements Login {}

    /**
     * AUTH XOAUTH2.
     *
     * @param file holds the access token of the hour; read for each connection
     */
    record Token(String username, Path file) implements Login {}
  }

  /**
   * The mail server.
   *
   * @param host null: no e-mail is sent
   * @param ca PEM file with the certificates to trust; null: the JDK's
   * @param login null: no authentication
   * @param connections how many are open at once
   */
  public record Smtp(
      @Nullable String host,
      int port,
      SmtpTls tls,
      @Nullable Path ca,
      @Nullable Login login,
      int connections) {}

  /** The sender of every mail. The name may be empty. */
  public record MailFrom(String address, String name) {
    /** What stands behind the @. */
    public String domain() {
      return address.substring(address.lastIndexOf('@') + 1);
    }
  }

  /**
   * Who speaks in mails, and where answers of people and of mail servers go.
   *
   * @param unsubscribe a mailbox that takes a tag behind a plus sign; null: there is none
   * @param bounceDomain domain of signed return paths; null: what bounces goes to the sender
   * @param dkim null: the mail server signs, or nobody
   */
  public record Mail(
      MailFrom from,
      @Nullable String unsubscribe,
      @Nullable String bounceDomain,
      @Nullable Dkim dkim) {

    /** With nothing but a sender. */
    public static Mail from(MailFrom from) {
      return new Mail(from, null, null, null);
    }
  }

  /**
   * How we hear what became of mails.
   *
   * @param bounces null: mail for the bounce domain does not come here
   * @param sesTopics ARNs whose notifications are believed; may be empty
   * @param sendgridKey Base64 of a public key (X.509); null: nothing of SendGrid's is believed
   * @param mailgunKey null: nothing of Mailgun's is believed
   */
  public record Feedback(
      @Nullable BounceServer bounces,
      List<String> sesTopics,
      @Nullable String sendgridKey,
      @Nullable Secret mailgunKey) {
    public Feedback {
      sesTopics = List.copyOf(sesTopics);
    }
  }

  /**
   * Where mail for the bounce domain comes in. Port 0: any free one.
   *
   * @param tls null: STARTTLS is not offered
   */
  public record BounceServer(String host, int port, @Nullable PemFiles tls) {}

  /** A certificate and its key. */
  public record PemFiles(Path certificate, Path key) {}

  /** The domain that signs mails, and its keys, one at least; each makes a signature. */
  public record Dkim(String domain, List<DkimKey> keys) {
    public Dkim {
      keys = List.copyOf(keys);
    }

    /** Whether receivers take the signatures for the sender's own. */
    public boolean speaksFor(MailFrom from) {
      return Alignment.of(domain, from.domain());
    }
  }

  /** A key, and where its public half is found: {@code selector._domainkey.domain}. */
  public record DkimKey(String selector, DkimPrivateKey key) {}

  /**
   * The Twilio account.
   *
   * @param accountSid null: no SMS is sent; else the token and senders of one of the two kinds are
   *     there
   * @param secondaryToken signs callbacks too
   * @param from empty where there is a messaging service
   * @param connections how many requests are under way at once
   */
  public record Twilio(
      @Nullable String accountSid,
      @Nullable Secret authToken,
      @Nullable Secret secondaryToken,
      List<String> from,
      @Nullable String messagingService,
      URI baseUrl,
      int connections) {
    public Twilio {
      from = List.copyOf(from);
    }

    /** The tokens that sign callbacks. */
    public List<String> tokens() {
      return Stream.of(authToken, secondaryToken)
          .filter(Objects::nonNull)
          .map(Secret::value)
          .toList();
    }

    /** What SMS come from: numbers, or one messaging service. */
    public List<String> senders() {
      return messagingService == null ? from : List.of(messagingService);
    }
  }

  /** What becomes of a text message that may have been sent. */
  public enum OnUnknown {
    /** It is not sent again. */
    DROP,
    /** It is sent again, perhaps for the second time. */
    RETRY
  }

  /**
   * Text messages.
   *
   * @param segments that a text is fitted to
   * @param countries whose numbers people may sign up by themselves, ISO 3166-1 alpha-2; empty: all
   */
  public record Sms(int segments, OnUnknown onUnknown, Set<String> countries) {
    public Sms {
      countries = Set.copyOf(countries);
    }
  }

  /**
   * People who sign up by themselves.
   *
   * @param lifetime how long they can confirm it
   * @param perHour how many of all together are taken
   */
  public record OptIn(Duration lifetime, int perHour) {}

  /**
   * How long what is kept.
   *
   * @param deliveries who was sent what, after the incident is closed
   * @param quarantine an address that does not work
   * @param left the address of who left
   * @param consents the proof of a consent, after its end
   * @param audit who changed what
   */
  public record Retention(
      Period deliveries, Period quarantine, Period left, Period consents, Period audit) {}

  /**
   * How webhooks leave.
   *
   * @param allow hosts, addresses and CIDR blocks that are allowed although private
   * @param connections how many requests are under way at once
   */
  public record Webhooks(List<String> allow, int connections) {
    public Webhooks {
      allow = List.copyOf(allow);
    }
  }
}
