package tocsin.feedback.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Mails of mail servers, mailbox providers and people, in the shapes that they write. */
public final class Mails {
  private static final String BOUNDARY = "=_part.1";

  private Mails() {}

  public static byte[] octets(String mail) {
    return mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(UTF_8);
  }

  /** A report of RFC 3464 on one recipient. */
  public static String dsn(String action, String status, String diagnostic) {
    return report(
        "message/delivery-status",
        """
        Reporting-MTA: dns; relay.example.net
        Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000

        Final-Recipient: rfc822; jo@example.com
        Action: %s
        Status: %s
        %s
        """
            .formatted(
                action, status, diagnostic.isEmpty() ? "" : "Diagnostic-Code: " + diagnostic));
  }

  public static String report(String type, String status) {
    return report(type, status, "jo@example.com could not be reached.");
  }

  public static String report(String type, String status, String words) {
    return """
    From: Mail Delivery System <MAILER-DAEMON@relay.example.net>
    To: b@bounces.example.com
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="%1$s"

    --%1$s
    Content-Type: text/plain; charset=utf-8

    %2$s

    --%1$s
    Content-Type: %3$s

    %4$s
    --%1$s
    Content-Type: message/rfc822

    From: status@example.com
    To: jo@example.com
    Subject: 550 5.1.1 user unknown
    Message-ID: <x@notify.example.com>

    The mailbox is full, spam, blocked.
    --%1$s--
    """
        .formatted(BOUNDARY, words, type, status.strip() + "\n");
  }

  /** A report of RFC 5965. */
  public static String complaint(String type, String original) {
    return """
    From: feedback@provider.example
    To: fbl@bounces.example.com
    Subject: Complaint
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary="%1$s"

    --%1$s
    Content-Type: text/plain

    This is a report.

    --%1$s
    Content-Type: message/feedback-report

    Feedback-Type: %2$s
    User-Agent: Provider/1.0
    Version: 0.1

    --%1$s
    Content-Type: message/rfc822

    %3$s
    --%1$s--
    """
        .formatted(BOUNDARY, type, original.strip() + "\n");
  }

  /** A failure in words alone. */
  public static String plain(String from, String subject, String words) {
    return """
    From: %s
    To: b@bounces.example.com
    Subject: %s
    Date: Mon, 2 Nov 2026 10:00:00 +0000

    %s
    """
        .formatted(from, subject, words.strip());
  }

  /** With a field more. */
  public static String with(String field, String mail) {
    return field.strip() + "\n" + mail;
  }

  /** As quoted-printable, so that each equals sign and each letter e is three octets. */
  static String quoted(String text) {
    return text.replace("=", "=3D").replace("e", "=65");
  }
}
