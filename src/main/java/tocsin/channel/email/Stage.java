package tocsin.channel.email;

/** One part of a conversation with a mail server. */
interface Stage {

  void replied(Reply reply);

  /** What is open gets its outcome; nothing else follows. */
  void lost(Loss loss);

  /** Whether the server owes us a reply. */
  boolean isWaiting();
}
