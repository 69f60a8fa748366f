package tocsin.channel.email;

import tocsin.channel.Reason;

/** Why a server wants us to come back later: 4xx. */
final class TransientReply {
  private static final String TOO_FAST = "too many|too fast|\\brate\\b|throttl|exceeded";

  private TransientReply() {}

  static Reason reason(Reply reply, Phase phase) {
    return switch (reply.status().subject()) {
      case 2 -> Reason.RECIPIENT_UNAVAILABLE;
      case 7 -> security(reply);
      default -> {
        if (reply.says(TOO_FAST)) {
          yield Reason.THROTTLED;
        }
        boolean busy = reply.code() == 450 && phase == Phase.RCPT && reply.status().isUnknown();
        yield busy ? Reason.RECIPIENT_UNAVAILABLE : Reason.UNAVAILABLE;
      }
    };
  }

  /** Gmail's codes from 20 on name what our mail lacks, 28 its speed; lower ones are greylists. */
  private static Reason security(Reply reply) {
    if (reply.status().detail() == 28 || reply.says(TOO_FAST)) {
      return Reason.THROTTLED;
    }
    return reply.status().detail() >= 20 ? Reason.POLICY : Reason.UNAVAILABLE;
  }
}
