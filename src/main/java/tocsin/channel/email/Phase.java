package tocsin.channel.email;

/** How far a conversation with a mail server had come. */
enum Phase {
  /** The server's first word. */
  GREETING,
  /** EHLO, HELO, STARTTLS. */
  HELLO,
  LOGIN,
  MAIL,
  RCPT,
  /** The DATA command, before any content. */
  DATA,
  /** The content and its end are on their way: from here on the server may have the mail. */
  CONTENT,
  /** RSET, QUIT, and what follows a refusal: about the connection, not about a mail. */
  UPKEEP
}
