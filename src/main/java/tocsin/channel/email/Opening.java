package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Reason;
import tocsin.config.Settings.SmtpTls;

/** From the greeting to the point where a mail may be sent: EHLO, TLS, AUTH. */
final class Opening implements Stage {
  private enum Step {
    GREETING,
    EHLO,
    HELO,
    STARTTLS,
    HANDSHAKE,
    LOGIN,
    OVER
  }

  private final Wire wire;
  private final Terms terms;
  private final Consumer<Extensions> opened;
  private final Consumer<Deferred> refused;
  private final Deque<String> answers = new ArrayDeque<>();
  private Step step = Step.GREETING;
  private Extensions agreed = Extensions.NONE;
  private boolean isSecure;
  private boolean isClear;

  /**
   * @param opened told once, unless {@code refused} is
   * @param refused with what becomes of mails if this was the only connection
   */
  Opening(Wire wire, Terms terms, Consumer<Extensions> opened, Consumer<Deferred> refused) {
    this.wire = wire;
    this.terms = terms;
    this.opened = opened;
    this.refused = refused;
    this.isSecure = terms.tls() == SmtpTls.IMPLICIT;
  }

  @Override
  public void replied(Reply reply) {
    switch (step) {
      case GREETING -> {
        if (reply.code() == 220) {
          hello();
        } else {
          refuse(reply, Phase.GREETING);
        }
      }
      case EHLO -> {
        if (reply.isPositive()) {
          greeted(Extensions.of(reply));
        } else if (reply.code() == 500 || reply.code() == 502 || reply.code() == 504) {
          say(Step.HELO, "HELO " + terms.name());
        } else {
          refuse(reply, Phase.HELLO);
        }
      }
      case HELO -> {
        if (reply.isPositive()) {
          greeted(Extensions.NONE);
        } else {
          refuse(reply, Phase.HELLO);
        }
      }
      case STARTTLS -> {
        if (reply.code() == 220) {
          step = Step.HANDSHAKE;
          wire.secure();
        } else if (terms.tls() == SmtpTls.OPTIONAL) {
          isClear = true;
          hello();
        } else {
          refuse(reply, Phase.HELLO);
        }
      }
      case LOGIN -> login(reply);
      case HANDSHAKE, OVER -> lost(Loss.CUT);
    }
  }

  /** TLS is in place; what was offered before it counts for nothing (RFC 3207, 4.2). */
  void secured() {
    isSecure = true;
    hello();
  }

  @Override
  public void lost(Loss loss) {
    refuse(loss.outcome(Phase.HELLO));
  }

  @Override
  public boolean isWaiting() {
    return step != Step.OVER;
  }

  private void hello() {
    say(Step.EHLO, "EHLO " + terms.name());
  }

  private void greeted(Extensions offered) {
    boolean wantsTls = terms.tls() == SmtpTls.REQUIRED || terms.tls() == SmtpTls.OPTIONAL;
    if (wantsTls && !isSecure && !isClear && offered.startTls()) {
      say(Step.STARTTLS, "STARTTLS");
    } else if (terms.tls() == SmtpTls.REQUIRED && !isSecure) {
      refuse(new Deferred(Reason.CONNECTION, "the mail server does not offer STARTTLS", null));
    } else {
      identify(offered);
    }
  }

  private void identify(Extensions offered) {
    agreed = offered;
    if (terms.credentials().isEmpty()) {
      open();
    } else if (!isSecure && !terms.clearLogin()) {
      refuse(operator("a login needs TLS: set smtp.starttls=required"));
    } else {
      terms
          .credentials()
          .flatMap(who -> who.dialogue(offered.mechanisms()))
          .ifPresentOrElse(
              this::begin, () -> refuse(operator("the mail server offers no login that we know")));
    }
  }

  private void begin(Credentials.Dialogue dialogue) {
    answers.addAll(dialogue.answers());
    say(Step.LOGIN, dialogue.command());
  }

  private void login(Reply reply) {
    if (reply.isPositive()) {
      open();
    } else if (reply.asksForMore() && !answers.isEmpty()) {
      say(Step.LOGIN, answers.remove());
    } else if (reply.isRefusal()) {
      refuse(discreet(reply), Phase.LOGIN);
    } else {
      refuse(operator("the mail server asks what we do not know"));
    }
  }

  /** A server may show what it was sent. */
  private Reply discreet(Reply reply) {
    return terms.credentials().filter(who -> who.isShownIn(reply.text())).isPresent()
        ? new Reply(reply.code(), List.of("in words that show the login"))
        : reply;
  }

  private static Deferred operator(String detail) {
    return new Deferred(Reason.OPERATOR, detail, null);
  }

  private void say(Step next, String line) {
    step = next;
    wire.write(Buffer.buffer(line + "\r\n"));
  }

  private void open() {
    step = Step.OVER;
    opened.accept(agreed);
  }

  private void refuse(Reply reply, Phase phase) {
    refuse(
        reply.isRefusal()
            ? Replies.refusalOfUs(reply, phase)
            : new Deferred(Reason.CONNECTION, reply.detail(), null));
  }

  private void refuse(Deferred outcome) {
    if (step != Step.OVER) {
      step = Step.OVER;
      wire.close();
      refused.accept(outcome);
    }
  }
}
