package tocsin.dispatch;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import tocsin.audience.DeliveryId;
import tocsin.audience.ReturnPath;
import tocsin.audience.Standing;
import tocsin.channel.Message;
import tocsin.delivery.Deliveries;
import tocsin.delivery.Delivery;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.EndpointEvents.Event;
import tocsin.render.EndpointNotice;
import tocsin.render.NoticeWriter;
import tocsin.store.Answer;

/** The mail to the owner of an endpoint that was given up. */
public final class OwnerMail {
  private static final int MOST_MISSED = 5;

  /** What comes back of it is about no delivery and no subscriber. */
  private static final DeliveryId NO_DELIVERY = new DeliveryId(0, 0);

  private final NoticeWriter writer;
  private final ReturnPath returnPath;
  private final Deliveries deliveries;

  public OwnerMail(NoticeWriter writer, ReturnPath returnPath, Deliveries deliveries) {
    this.writer = writer;
    this.returnPath = returnPath;
    this.deliveries = deliveries;
  }

  /** Blocks while it looks up what the endpoint missed. */
  Message.Email of(Event event, String contact, Instant now) {
    DeliveryId id = NO_DELIVERY;
    return new Message.Email(
        id,
        returnPath.of(id, now),
        contact,
        writer.mail(notice(event), contact, "endpoint-event-" + event.id(), now));
  }

  private EndpointNotice notice(Event event) {
    return new EndpointNotice(
        event.standing() == Standing.DISABLED
            ? EndpointNotice.Kind.DISABLED
            : EndpointNotice.Kind.QUARANTINED,
        new EndpointNotice.Endpoint(
            event.subscriber(), URI.create(event.address()), event.failure()),
        event.at(),
        missed(event.subscriber()),
        event.locale(),
        ZoneId.of(event.timeZone()));
  }

  /** Incidents whose news did not arrive since the last that did, the newest first. */
  private List<String> missed(int subscriber) {
    return Answer.of(deliveries.ofSubscriber(subscriber, MOST_MISSED, null)).stream()
        .takeWhile(delivery -> delivery.state() != DeliveryState.SENT)
        .map(Delivery::incident)
        .distinct()
        .toList();
  }
}
