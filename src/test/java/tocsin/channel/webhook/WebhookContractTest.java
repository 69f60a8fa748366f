package tocsin.channel.webhook;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tocsin.Loopback;
import tocsin.audience.DeliveryId;
import tocsin.audience.Dialect;
import tocsin.channel.ChannelContract;
import tocsin.channel.Counterpart;
import tocsin.channel.Message;
import tocsin.channel.Sender;

class WebhookContractTest extends ChannelContract<Message.Webhook> {

  @Override
  protected Counterpart<Message.Webhook> counterpart() {
    return new Endpoint();
  }

  private static final class Endpoint implements Counterpart<Message.Webhook> {
    private final WebhookTestbed bed = new WebhookTestbed();
    private final HttpServer server = bed.http(this::take);
    private final int port = server.actualPort();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.TAKES;

    private void take(HttpServerRequest request) {
      request.endHandler(end -> {
        ids.add(request.getHeader("webhook-id"));
        switch (manner) {
          case TAKES -> request.response().setStatusCode(204).end();
          case REFUSES_FOR_NOW -> request.response().setStatusCode(503).end();
          case ASKS_FOR_LESS -> request.response().setStatusCode(429).end();
          case REFUSES_THE_RECIPIENT -> request.response().setStatusCode(410).end();
          case HANGS_UP -> request.connection().close();
          case KEEPS_SILENT, IS_AWAY -> {
            // no answer
          }
        }
      });
    }

    @Override
    public void behaves(Manner next) {
      manner = next;
      if (next == Manner.IS_AWAY) {
        server.close().await();
        Loopback.awaitClosed(port);
      }
    }

    @Override
    public Sender<Message.Webhook> sender() {
      return bed.sender(WebhookTestbed.HASTY);
    }

    @Override
    public Message.Webhook message(int subscriber) {
      return new Message.Webhook(
          new DeliveryId(7, subscriber),
          "http://" + WebhookTestbed.NAME + ":" + port + "/hook/" + subscriber,
          List.of(WebhookTestbed.SECRET),
          Dialect.NATIVE,
          WebhookTestbed.BODY);
    }

    @Override
    public List<String> ids() {
      return ids;
    }

    @Override
    public void close() {
      bed.close();
    }
  }
}
