package tocsin.feedback;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Sender;
import tocsin.channel.email.Diagnosis;

/**
 * Sends mails through another sender and remembers those that are refused at once: they count as
 * much as those that come back.
 */
public final class RefusedMails implements Sender<Message.Email> {
  private static final Logger log = LoggerFactory.getLogger(RefusedMails.class);

  private final Sender<Message.Email> sender;
  private final MailEvents events;

  public RefusedMails(Sender<Message.Email> sender, MailEvents events) {
    this.sender = sender;
    this.events = events;
  }

  @Override
  public Future<Outcome> send(Message.Email message) {
    return sender
        .send(message)
        .onSuccess(outcome -> {
          if (outcome instanceof Rejected rejected && message.id().isOfAnUpdate()) {
            note(message, rejected);
          }
        });
  }

  @Override
  public Outcome hung() {
    return sender.hung();
  }

  @Override
  public void close() {
    sender.close();
  }

  /** What is about our request, or cannot be told from it, is nobody's refusal. */
  private void note(Message.Email message, Rejected rejected) {
    switch (rejected.reason()) {
      case ADDRESS, RECIPIENT_UNAVAILABLE, POLICY, CONTENT ->
          events
              .bounced(
                  BounceEvent.of(message.id(), Diagnosis.in(rejected.detail()), MailSource.REPLY))
              .onFailure(e -> log.warn("mail.refusal_not_noted delivery={}", message.id(), e));
      case CONNECTION,
          TIMEOUT,
          UNKNOWN,
          UNAVAILABLE,
          THROTTLED,
          OPERATOR,
          ROUTE,
          LIMIT,
          ORDER,
          CIRCUIT,
          REQUEUED,
          OPTED_OUT,
          GONE,
          CAPABILITY,
          FORBIDDEN_TARGET,
          REQUEST,
          EXPIRED,
          INTERNAL -> {}
    }
  }
}
