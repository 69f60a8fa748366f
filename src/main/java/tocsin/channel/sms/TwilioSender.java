package tocsin.channel.sms;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.channel.http.Exchanges;
import tocsin.config.Settings;

/** Hands text messages to Twilio, each at most once per call. */
public final class TwilioSender implements Sender<Message.Sms> {
  private final Exchanges exchanges;
  private final TwilioRestClient client;
  private final StatusCallback callback;
  private final @Nullable String from;
  private final @Nullable String messagingService;

  /**
   * Not to be called from an event loop.
   *
   * @param settings with account, token and a sender
   * @param publicUrl what the status callback begins with, without a trailing slash
   */
  public TwilioSender(Vertx vertx, Settings.Twilio settings, URI publicUrl) {
    this(vertx, settings, publicUrl, TwilioBounds.STANDARD);
  }

  TwilioSender(Vertx vertx, Settings.Twilio settings, URI publicUrl, TwilioBounds bounds) {
    String account = Objects.requireNonNull(settings.accountSid(), "twilio.account.sid");
    var token = Objects.requireNonNull(settings.authToken(), "twilio.auth.token");
    this.exchanges = new Exchanges(vertx, bounds.client(), bounds.pool(settings.connections()));
    this.client =
        new TwilioRestClient.Builder(account, token.value())
            .accountSid(account)
            .httpClient(new TwilioTransport(exchanges, settings.baseUrl(), bounds.total()))
            .build();
    this.callback = new StatusCallback(publicUrl, settings.baseUrl());
    this.from = settings.from();
    this.messagingService = settings.messagingService();
  }

  @Override
  public Outcome send(Message.Sms message) {
    try {
      String sid = creator(message).create(client).getSid();
      return new Outcome.Sent(Objects.requireNonNullElse(sid, ""));
    } catch (TwilioFailure failure) {
      return failure.outcome();
    } catch (TwilioException unreadable) {
      return new Outcome.Deferred(Reason.UNKNOWN, "taken, but the answer is unreadable", null);
    }
  }

  @Override
  public void close() {
    exchanges.close();
  }

  private MessageCreator creator(Message.Sms message) {
    var to = new PhoneNumber(message.to());
    MessageCreator creator =
        messagingService == null
            ? new MessageCreator(to, new PhoneNumber(from), message.text())
            : new MessageCreator(to, messagingService, message.text());
    callback.of(message.id()).ifPresent(creator::setStatusCallback);
    return creator.setValidityPeriod((int) message.validity().toSeconds());
  }
}
