package tocsin.channel.email;

import java.util.Locale;

/** How far a conversation with a mail server had come. */
enum Phase {
  /** The server's first word. */
  GREETING,
  /** EHLO, HELO, STARTTLS. */
  HELLO,
  LOGIN,
  MAIL,
  RCPT,
  /** The DATA command and the content. */
  DATA,
  /** The final dot is on its way: from here on the server may have the mail. */
  DOT,
  /** NOOP, RSET, QUIT: about the connection, not about a mail. */
  UPKEEP;

  static Phase of(String command) {
    String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "AUTH" -> LOGIN;
      case "MAIL" -> MAIL;
      case "RCPT" -> RCPT;
      case "DATA" -> DATA;
      case "." -> DOT;
      case "NOOP", "RSET", "QUIT" -> UPKEEP;
      default -> HELLO;
    };
  }
}
