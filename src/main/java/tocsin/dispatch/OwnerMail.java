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
import tocsin.render.NoticeMail;
import tocsin.store.Answer;

/** The mail to the owner of an endpoint that was given up. */
public final class OwnerMail {
  private static final int MOST_MISSED = 5;

  /** Its ids are those of no delivery. */
  private static final int NO_AUDIENCE = 0;

  private final NoticeMail mail;
  private final ReturnPath returnPath;
  private final Deliveries deliveries;

  public OwnerMail(NoticeMail mail, ReturnPath returnPath, Deliveries deliveries) {
    this.mail = mail;
    this.returnPath = returnPath;
    this.deliveries = deliveries;
  }

  /** Blocks while it looks up what the endpoint missed. */
  Message.Email of(Event event, String contact, Instant now) {
    DeliveryId id = new DeliveryId(NO_AUDIENCE, event.subscriber());
    return new Message.Email(
        id,
        returnPath.of(id, now),
        contact,
        mail.of(notice(event), contact, "endpoint-event-" + event.id(), now));
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
