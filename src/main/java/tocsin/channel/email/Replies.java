package tocsin.channel.email;

import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Reason;

/**
 * What a mail server's refusal means. The three digits decide whether to try again, the enhanced
 * code or the words say why. What a server holds against us is never held against the recipient.
 */
final class Replies {
  private Replies() {}

  /**
   * @param reply 400 to 599
   */
  static Outcome refusal(Reply reply, Phase phase) {
    return switch (phase) {
      case GREETING, HELLO, LOGIN, UPKEEP -> refusalOfUs(reply, phase);
      case MAIL, RCPT, DATA, CONTENT -> refusalOfMail(reply, phase);
    };
  }

  /** While no mail was spoken of. */
  static Deferred refusalOfUs(Reply reply, Phase phase) {
    boolean needsOperator = isAboutOurAccount(reply, phase) || reply.code() == 521;
    return deferred(needsOperator ? Reason.OPERATOR : Reason.CONNECTION, reply);
  }

  private static Outcome refusalOfMail(Reply reply, Phase phase) {
    if (isAboutOurAccount(reply, phase)) {
      return deferred(Reason.OPERATOR, reply);
    }
    return reply.code() < 500
        ? deferred(TransientReply.reason(reply, phase), reply)
        : lasting(reply, phase);
  }

  private static boolean isAboutOurAccount(Reply reply, Phase phase) {
    return switch (reply.code()) {
      case 530, 534, 535, 538 -> true;
      default -> phase == Phase.LOGIN && reply.code() >= 500;
    };
  }

  private static Outcome lasting(Reply reply, Phase phase) {
    if (phase == Phase.RCPT && reply.code() == 552 && reply.says("too many")) {
      return deferred(Reason.UNAVAILABLE, reply);
    }
    Reason reason = LastingReply.reason(reply, phase);
    return reason == Reason.OPERATOR
        ? deferred(reason, reply)
        : new Rejected(reason, reply.detail());
  }

  private static Deferred deferred(Reason reason, Reply reply) {
    return new Deferred(reason, reply.detail(), null);
  }
}
