package tocsin.feedback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;
import tocsin.feedback.mail.Mails;

/** Mails that nobody should write: endless, nested, broken, cut, and random. None has a failure. */
final class HostileMails {
  private static final int LONG = 400_000;

  private final Random random;

  HostileMails(Random random) {
    this.random = random;
  }

  byte[] next() {
    return switch (random.nextInt(10)) {
      case 0 -> octets(10 + random.nextInt(5_000));
      case 1 -> manyParts(100 + random.nextInt(10_000));
      case 2 -> nested(2 + random.nextInt(3_000));
      case 3 -> manyFields(random.nextInt(20_000));
      case 4 -> longField();
      case 5 -> Mails.octets(Mails.with("Content-Type: multipart/report", "x: y\n\n--\n--\n----"));
      case 6 -> brokenReport();
      case 7 -> encoded();
      case 8 -> enclosed(random.nextInt(2_000));
      default -> longLine();
    };
  }

  private byte[] octets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] manyParts(int parts) {
    return latin(
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
            + "--x\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(parts));
  }

  private static byte[] nested(int depth) {
    StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
    for (int i = 0; i < depth; i++) {
      mail.append("--b").append(i).append("\r\nContent-Type: multipart/mixed; boundary=b");
      mail.append(i + 1).append("\r\n\r\n");
    }
    return latin(mail.toString());
  }

  private static byte[] enclosed(int depth) {
    return latin("Content-Type: message/rfc822\r\n\r\n".repeat(depth));
  }

  private static byte[] manyFields(int fields) {
    return latin("X-A: b\r\n".repeat(fields) + "\r\nx");
  }

  private static byte[] longField() {
    return latin("Subject: " + "=?utf-8?B?//8=?= ".repeat(LONG / 20) + "\r\n\r\nx");
  }

  private static byte[] longLine() {
    return latin("From: mailer-daemon@x.example\r\n\r\n" + "user mailbox ".repeat(LONG / 13));
  }

  /** A report whose octets are changed here and there; its action never says failed. */
  private byte[] brokenReport() {
    byte[] report = Mails.octets(Mails.dsn("delayed", "4.4.7", "smtp; 450 4.2.2 full"));
    for (int i = random.nextInt(30); i > 0; i--) {
      report[random.nextInt(200)] = (byte) random.nextInt(256);
    }
    return report;
  }

  private byte[] encoded() {
    String encoding = random.nextBoolean() ? "base64" : "quoted-printable";
    return latin(
        "Content-Type: text/plain; charset=\""
            + (char) random.nextInt(128)
            + "\"\r\n"
            + "Content-Transfer-Encoding: "
            + encoding
            + "\r\n\r\n"
            + "=".repeat(random.nextInt(5_000))
            + "A".repeat(random.nextInt(100_000)));
  }

  private static byte[] latin(String mail) {
    return mail.getBytes(ISO_8859_1);
  }
}
