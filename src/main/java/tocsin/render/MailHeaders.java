package tocsin.render;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Mailbox;
import tocsin.config.Settings;
import tocsin.incident.Update;

/**
 * The headers of every mail: who, about what, in which thread, how to leave, and that no person
 * sits behind it. Here, and nowhere else, values reach headers, and lose control characters.
 */
final class MailHeaders {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Brand brand;
  private final @Nullable String unsubscribe;
  private final InternetAddress sender;
  private final String domain;
  private final String listId;
  private final String stream;

  /**
   * @throws IllegalArgumentException if that is no address of a sender
   */
  MailHeaders(Settings.Mail mail, Brand brand) {
    Settings.MailFrom from = mail.from();
    String address = SafeText.line(from.address());
    int at = address.lastIndexOf('@');
    this.brand = brand;
    this.unsubscribe = mail.unsubscribe();
    this.domain = address.substring(at + 1);
    this.sender = address(address, Brand.name(from));
    String list = slug(address.substring(0, Math.max(at, 0))) + "." + domain;
    this.listId = address(list, brand.name()).toString();
    this.stream = stream(domain);
  }

  void write(MimeMessage mime, Draft draft, Mailbox mailbox, Placeholders slots)
      throws MessagingException {
    Update update = draft.update();
    String root =
        "<inc-" + update.incident() + ".s" + slots.of(Slot.SUBSCRIBER) + "@" + domain + ">";
    write(mime, Model.title(update), draft.words(), slots);
    set(
        mime,
        "Feedback-ID",
        feedback(List.of(update.incident(), update.status().word(), "notification")));
    set(mime, "In-Reply-To", root);
    set(mime, "References", root);
    set(mime, "List-Id", listId);
    set(mime, "List-Unsubscribe", ways(slots.of(Slot.UNSUBSCRIBE)));
    if (brand.isSecure() && mailbox == Mailbox.PERSONAL) {
      // by HTTPS only (RFC 8058, 3.1)
      set(mime, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
  }

  /** Of a mail to one person, who is on no list. */
  void write(MimeMessage mime, MailNotice notice, Words words, Placeholders slots)
      throws MessagingException {
    write(mime, notice.heading(brand, words), words, slots);
    set(mime, "Feedback-ID", feedback(notice.counted()));
  }

  private void write(MimeMessage mime, String subject, Words words, Placeholders slots)
      throws MessagingException {
    mime.setFrom(sender);
    mime.setSubject(SafeText.line(subject), UTF_8);
    set(mime, "To", slots.of(Slot.RECIPIENT));
    set(mime, "Date", slots.of(Slot.DATE));
    set(mime, "Message-ID", "<" + slots.of(Slot.MESSAGE_ID) + "@" + domain + ">");
    set(mime, "Auto-Submitted", "auto-generated");
    set(mime, "X-Auto-Response-Suppress", "All");
    set(mime, "Content-Language", words.tag());
  }

  /** The link first: mail readers take the first that they can follow. */
  private String ways(String token) {
    String link = "<" + brand.unsubscribe(token) + ">";
    return unsubscribe == null
        ? link
        : link + ", <mailto:" + unsubscribe.replace("@", "+" + token + "@") + ">";
  }

  private static void set(MimeMessage mime, String name, String value) throws MessagingException {
    mime.setHeader(name, SafeText.line(value));
  }

  /** Up to three fields that are counted, and the stream; none is unique to a mail. */
  private String feedback(List<String> counted) {
    return String.join(":", counted) + ":" + stream;
  }

  /** 5 to 15 characters, constant for the sender. */
  private static String stream(String domain) {
    String letters = slug(domain).replace("-", "");
    String padded = letters.length() < 5 ? letters + "status" : letters;
    return padded.substring(0, Math.min(15, padded.length()));
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static InternetAddress address(String address, String name) {
    if (!address.matches("[\\x21-\\x7E&&[^<>(),;:\\\\\"]]{1,254}")) {
      throw new IllegalArgumentException("mail.from is not an address");
    }
    try {
      InternetAddress built = new InternetAddress();
      built.setAddress(address);
      built.setPersonal(name.isEmpty() ? null : name, UTF_8);
      return built;
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java has UTF-8", e);
    }
  }
}
