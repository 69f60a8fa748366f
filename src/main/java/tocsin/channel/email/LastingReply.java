package tocsin.channel.email;

import tocsin.channel.Reason;

/** Why a server will never take a mail: 5xx. */
final class LastingReply {
  private static final String POLICY_WORDS =
      "spam|policy|blocked|block ?list|black ?list|reputation|banned|dmarc|\\bspf\\b|\\bdkim\\b"
          + "|denied|unsolicited";
  private static final String NO_MAILBOX =
      "(?:user|mailbox|recipient|address|account)\\b.{0,60}"
          + "(?:unknown|not found|not exist|n't exist|no longer|invalid)"
          + "|(?:no such|unknown|invalid) (?:local )?(?:user|mailbox|recipient|address|account)";

  private LastingReply() {}

  /** {@code OPERATOR} where it is the sender that is refused. */
  static Reason reason(Reply reply, Phase phase) {
    Reason reason = byStatus(reply, phase);
    boolean aboutSender =
        phase == Phase.MAIL && (reason == Reason.ADDRESS || reason == Reason.RECIPIENT_UNAVAILABLE);
    return aboutSender ? Reason.OPERATOR : reason;
  }

  private static Reason byStatus(Reply reply, Phase phase) {
    return switch (reply.status().subject()) {
      case 1 ->
          switch (reply.status().detail()) {
            case 1, 2, 3, 6, 10 -> Reason.ADDRESS;
            case 7, 8 -> Reason.OPERATOR;
            default -> byCode(reply, phase);
          };
      case 2 -> reply.status().detail() == 3 ? Reason.CONTENT : Reason.RECIPIENT_UNAVAILABLE;
      case 3 -> reply.status().detail() == 4 ? Reason.CONTENT : byCode(reply, phase);
      case 4 -> reply.status().detail() == 4 ? Reason.ADDRESS : Reason.RECIPIENT_UNAVAILABLE;
      case 5 -> Reason.REQUEST;
      case 6 ->
          switch (reply.status().detail()) {
            case 7, 9 -> Reason.CAPABILITY;
            default -> Reason.CONTENT;
          };
      case 7 -> Reason.POLICY;
      default -> byCode(reply, phase);
    };
  }

  private static Reason byCode(Reply reply, Phase phase) {
    return switch (reply.code()) {
      case 500, 501, 502, 503, 504, 555 -> Reason.REQUEST;
      case 521, 556 -> phase == Phase.RCPT ? Reason.ADDRESS : Reason.RECIPIENT_UNAVAILABLE;
      case 552 -> reply.says("full|quota|storage") ? Reason.RECIPIENT_UNAVAILABLE : Reason.CONTENT;
      case 550, 551, 553 -> byWords(reply);
      case 554 ->
          phase == Phase.DATA || phase == Phase.CONTENT || reply.says(POLICY_WORDS)
              ? Reason.POLICY
              : Reason.RECIPIENT_UNAVAILABLE;
      default -> Reason.RECIPIENT_UNAVAILABLE;
    };
  }

  /** Policy first: a recipient is quarantined only on a clear word. */
  private static Reason byWords(Reply reply) {
    if (reply.says(POLICY_WORDS)) {
      return Reason.POLICY;
    }
    return reply.says(NO_MAILBOX) ? Reason.ADDRESS : Reason.RECIPIENT_UNAVAILABLE;
  }
}
