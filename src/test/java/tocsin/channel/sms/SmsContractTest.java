package tocsin.channel.sms;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.audience.DeliveryId;
import tocsin.channel.ChannelContract;
import tocsin.channel.Counterpart;
import tocsin.channel.Message;
import tocsin.channel.Sender;
import tocsin.config.Secret;
import tocsin.config.Settings;
import tocsin.config.Settings.OnUnknown;

class SmsContractTest extends ChannelContract<Message.Sms> {

  @Override
  protected Counterpart<Message.Sms> counterpart() {
    return new Provider();
  }

  private static final class Provider implements Counterpart<Message.Sms> {
    private static final Pattern DELIVERY = Pattern.compile("[?&]d=([^#&]+)");
    private static final TwilioBounds HASTY =
        new TwilioBounds(Duration.ofSeconds(5), Duration.ofMillis(1500), Duration.ofMillis(10));

    private final Vertx vertx = Vertx.vertx();
    private final FakeTwilio twilio = new FakeTwilio(vertx);
    private final URI url = twilio.url("");
    private volatile Manner manner = Manner.TAKES;

    Provider() {
      twilio.answers(this::answer);
    }

    private void answer(HttpServerRequest request) {
      HttpServerResponse response = request.response();
      switch (manner) {
        case TAKES -> FakeTwilio.created(request, "{\"sid\": \"" + FakeTwilio.SID + "\"}");
        case REFUSES_FOR_NOW -> response.setStatusCode(503).end();
        case ASKS_FOR_LESS -> FakeTwilio.refused(request, 429, 20429);
        case REFUSES_THE_RECIPIENT -> FakeTwilio.refused(request, 400, 21211);
        case HANGS_UP -> request.connection().close();
        case KEEPS_SILENT, IS_AWAY -> {
          // no answer
        }
      }
    }

    @Override
    public void behaves(Manner next) {
      manner = next;
      if (next == Manner.IS_AWAY) {
        twilio.close();
      }
    }

    @Override
    public Sender<Message.Sms> sender() {
      var settings =
          new Settings.Twilio(
              "AC" + "a".repeat(32),
              new Secret("0123456789abcdef0123456789abcdef"),
              null,
              List.of("+15005550006"),
              null,
              url,
              8);
      return new TwilioSender(
          vertx, settings, OnUnknown.RETRY, URI.create("https://status.acme.example"), HASTY);
    }

    @Override
    public Message.Sms message(int subscriber) {
      return new Message.Sms(
          new DeliveryId(7, subscriber),
          "+15005550006",
          "+1500555%04d".formatted(subscriber),
          "Payments are down.",
          1,
          Duration.ofHours(1));
    }

    @Override
    public List<String> ids() {
      return twilio.posts().stream()
          .map(post -> delivery(post.form().getAll("StatusCallback").getFirst()))
          .toList();
    }

    private static String delivery(String callback) {
      Matcher delivery = DELIVERY.matcher(callback);
      return delivery.find() ? delivery.group(1) : callback;
    }

    @Override
    public void close() {
      vertx.close().await();
    }
  }
}
