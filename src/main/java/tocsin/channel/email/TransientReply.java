package tocsin.channel.email;

import tocsin.channel.Reason;

/** Why a server wants us to come back later: 4xx. */
final class TransientReply {
  /** Gmail's codes 4.7.x from here on name what our mail lacks. */
  private static final int GMAIL_RULES = 20;

  private static final int GMAIL_RATE = 28;
  private static final String TOO_FAST = "too many|too fast|\\brate\\b|throttl|exceeded";

  private TransientReply() {}

  static Reason reason(Reply reply, Phase phase) {
    if (reply.status().subject() == 2) {
      return Reason.RECIPIENT_UNAVAILABLE;
    }
    boolean lacking = reply.status().subject() == 7 && reply.status().detail() >= GMAIL_RULES;
    if (reply.says(TOO_FAST) || (lacking && reply.status().detail() == GMAIL_RATE)) {
      return Reason.THROTTLED;
    }
    if (lacking) {
      return Reason.POLICY;
    }
    return isAboutRecipient(reply, phase) ? Reason.RECIPIENT_UNAVAILABLE : Reason.UNAVAILABLE;
  }

  /** Greylists, and what the recipient's own server may have said; not the relay's full disk. */
  private static boolean isAboutRecipient(Reply reply, Phase phase) {
    boolean mayBe = phase == Phase.RCPT || phase == Phase.CONTENT;
    int subject = reply.status().subject();
    return mayBe && !reply.isGoodbye() && reply.code() != 452 && subject != 3 && subject != 4;
  }
}
