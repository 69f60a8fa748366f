package tocsin.channel.email;

import java.util.regex.Pattern;
import tocsin.channel.Message;

/** The commands that go before a mail. */
final class Envelope {
  private static final int LONGEST_ADDRESS = 254;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\p{Cntrl}\\s<>\\u0085\\u2028\\u2029]+@[^\\p{Cntrl}\\s<>@]+");

  private Envelope() {}

  /** False for what could end or extend a command. */
  static boolean isAddressable(Message.Email mail) {
    return isAddress(mail.recipient())
        && (mail.returnPath().isEmpty() || isAddress(mail.returnPath()));
  }

  private static boolean isAddress(String text) {
    return text.length() <= LONGEST_ADDRESS && (isPlain(text) || ADDRESS.matcher(text).matches());
  }

  /** What most addresses are: letters, digits and little else. */
  private static boolean isPlain(String text) {
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
      if (c == '@' && at == 0) {
        at = i;
      } else if (!word) {
        return false;
      }
    }
    return at > 0 && at < text.length() - 1;
  }

  /** Whether every server on the way must understand RFC 6531. */
  static boolean needsSmtpUtf8(Message.Email mail) {
    return !isAscii(mail.recipient()) || !isAscii(mail.returnPath());
  }

  /** Asks, where it can, for a report of what fails later, with the delivery's id in it. */
  static String mail(Message.Email mail, Extensions offered) {
    StringBuilder command = new StringBuilder(160);
    command.append("MAIL FROM:<").append(mail.returnPath()).append('>');
    if (offered.size()) {
      command.append(" SIZE=").append(mail.content().size());
    }
    if (needsSmtpUtf8(mail)) {
      command.append(" SMTPUTF8");
    }
    if (offered.eightBit() && !mail.content().isAscii()) {
      command.append(" BODY=8BITMIME");
    }
    if (offered.deliveryReports()) {
      command.append(" RET=HDRS ENVID=").append(mail.id());
    }
    return command.append("\r\n").toString();
  }

  static String rcpt(Message.Email mail, Extensions offered) {
    String report = offered.deliveryReports() ? " NOTIFY=FAILURE,DELAY" : "";
    return "RCPT TO:<" + mail.recipient() + ">" + report + "\r\n";
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
