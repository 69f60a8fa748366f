package tocsin.dispatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Sender;
import tocsin.delivery.EndpointEvents;
import tocsin.delivery.EndpointEvents.Event;
import tocsin.delivery.EndpointEvents.Result;
import tocsin.store.Answer;

/** Tells owners by e-mail that their endpoint was given up, tried again for a day. */
public final class OwnerNotices implements Outbox {
  private static final Logger log = LoggerFactory.getLogger(OwnerNotices.class);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST = 20;

  private final EndpointEvents events;
  private final OwnerMail mail;
  private final Sender<Message.Email> sender;
  private final InstantSource clock;

  public OwnerNotices(
      EndpointEvents events, OwnerMail mail, Sender<Message.Email> sender, InstantSource clock) {
    this.events = events;
    this.mail = mail;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public List<Runnable> claim() {
    return Answer.of(events.claim(MOST, LEASE)).stream()
        .<Runnable>map(event -> () -> tell(event))
        .toList();
  }

  private void tell(Event event) {
    String contact = event.contact();
    if (contact == null) {
      Answer.of(events.ended(event.id(), Result.NOBODY));
      return;
    }
    Outcome outcome = sender.send(mail.of(event, contact, clock.instant())).await();
    log.info(
        "owner.told event={} endpoint={} outcome={}",
        event.id(),
        event.subscriber(),
        outcome.getClass().getSimpleName());
    switch (outcome) {
      case Outcome.Sent sent -> Answer.of(events.ended(event.id(), Result.SENT));
      case Outcome.Rejected rejected -> Answer.of(events.ended(event.id(), Result.FAILED));
      case Outcome.Deferred deferred -> again(event);
    }
  }

  private void again(Event event) {
    if (Duration.between(event.at(), clock.instant()).compareTo(LONGEST) > 0) {
      Answer.of(events.ended(event.id(), Result.FAILED));
    } else {
      Duration pause = FIRST_PAUSE.multipliedBy(event.attempts());
      Answer.of(
          events.again(event.id(), pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }
  }
}
