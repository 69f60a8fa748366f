package tocsin.channel;

/** The one switch over what can be sent. */
public record Channels(
    Sender<Message.Email> email, Sender<Message.Sms> sms, Sender<Message.Webhook> webhook)
    implements AutoCloseable {

  /** As {@link Sender#send}. */
  public Outcome send(Message message) {
    return switch (message) {
      case Message.Email mail -> email.send(mail);
      case Message.Sms text -> sms.send(text);
      case Message.Webhook event -> webhook.send(event);
    };
  }

  @Override
  public void close() {
    email.close();
    sms.close();
    webhook.close();
  }
}
