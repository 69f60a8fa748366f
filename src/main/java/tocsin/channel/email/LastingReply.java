package tocsin.channel.email;

import tocsin.channel.Reason;

/** Why a server will never take a mail: 5xx. */
final class LastingReply {
  private LastingReply() {}

  /** {@code OPERATOR} where it is the sender that is refused. */
  static Reason reason(Reply reply, Phase phase) {
    Reason reason = asSaid(reply, phase);
    boolean aboutSender =
        phase == Phase.MAIL && (reason == Reason.ADDRESS || reason == Reason.RECIPIENT_UNAVAILABLE);
    return aboutSender ? Reason.OPERATOR : reason;
  }

  private static Reason asSaid(Reply reply, Phase phase) {
    Reply.Status status = reply.status();
    if (status.subject() == 5) {
      return Reason.REQUEST;
    }
    if (status.subject() == 1 && (status.detail() == 7 || status.detail() == 8)) {
      return Reason.OPERATOR;
    }
    Diagnosis diagnosis =
        new Diagnosis(
            status.isUnknown()
                ? StatusCode.NONE
                : new StatusCode(5, status.subject(), status.detail()),
            reply.code(),
            reply.text());
    return diagnosis.status().isSpecific()
        ? reason(diagnosis.bounceClass())
        : byCode(reply, phase, diagnosis);
  }

  private static Reason byCode(Reply reply, Phase phase, Diagnosis diagnosis) {
    return switch (reply.code()) {
      case 500, 501, 502, 503, 504, 555 -> Reason.REQUEST;
      case 521, 556 -> phase == Phase.RCPT ? Reason.ADDRESS : Reason.RECIPIENT_UNAVAILABLE;
      case 554 -> ofTransaction(phase, diagnosis);
      default -> reason(diagnosis.bounceClass());
    };
  }

  /** Of no mailbox in particular, once the mail itself is what is refused. */
  private static Reason ofTransaction(Phase phase, Diagnosis diagnosis) {
    boolean ofMail = phase == Phase.DATA || phase == Phase.CONTENT;
    return ofMail || diagnosis.bounceClass() == BounceClass.POLICY
        ? Reason.POLICY
        : Reason.RECIPIENT_UNAVAILABLE;
  }

  private static Reason reason(BounceClass bounce) {
    return switch (bounce) {
      case POLICY -> Reason.POLICY;
      case CONTENT -> Reason.CONTENT;
      case CAPABILITY -> Reason.CAPABILITY;
      case HARD -> Reason.ADDRESS;
      case UNKNOWN, SOFT, ROUTING, DISABLED -> Reason.RECIPIENT_UNAVAILABLE;
    };
  }
}
