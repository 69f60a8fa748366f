package tocsin.channel;

import io.vertx.core.Future;
import tocsin.audience.Channel;

/** The one switch over what can be sent. */
public record Channels(
    Sender<Message.Email> email, Sender<Message.Sms> sms, Sender<Message.Webhook> webhook)
    implements AutoCloseable {

  /** As {@link Sender#send}. */
  public Future<Outcome> send(Message message) {
    return switch (message) {
      case Message.Email mail -> email.send(mail);
      case Message.Sms text -> sms.send(text);
      case Message.Webhook event -> webhook.send(event);
    };
  }

  /** As {@link Sender#hung}. */
  public Outcome hung(Channel channel) {
    return switch (channel) {
      case EMAIL -> email.hung();
      case SMS -> sms.hung();
      case WEBHOOK -> webhook.hung();
    };
  }

  @Override
  public void close() {
    email.close();
    sms.close();
    webhook.close();
  }
}
