package tocsin.feedback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.DeliveryId;
import tocsin.feedback.mail.MailFeedback;
import tocsin.feedback.mail.MailFeedback.Bounced;
import tocsin.feedback.mail.MailFeedback.Complained;
import tocsin.feedback.mail.MailFeedback.Nothing;
import tocsin.feedback.mail.MailReport;

/** What a mail to one of our addresses comes to. */
public final class MailHearing {
  private static final Logger log = LoggerFactory.getLogger(MailHearing.class);

  private final Addressees addressees;
  private final MailEvents events;
  private final IntFunction<Future<Void>> unsubscribe;
  private final MeterRegistry registry;

  /** Few are read at once: a burst leaves the processor to who sends. */
  private final Semaphore readers =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 4));

  /**
   * @param unsubscribe the subscriber asks to leave
   */
  public MailHearing(
      Addressees addressees,
      MailEvents events,
      IntFunction<Future<Void>> unsubscribe,
      MeterRegistry registry) {
    this.addressees = addressees;
    this.events = events;
    this.unsubscribe = unsubscribe;
    this.registry = registry;
  }

  /** Empty where we take no mail for the address. */
  Optional<Addressee> addressee(String address) {
    Optional<Addressee> addressee = addressees.of(address);
    if (addressee.isEmpty()) {
      count("refused");
    }
    return addressee;
  }

  /**
   * Completes when all that follows is on record. Reads on the calling thread.
   *
   * @param sender in the envelope; may be empty
   * @param octets the beginning of the mail at least
   */
  Future<Void> heard(Addressee addressee, String sender, byte[] octets) {
    return switch (addressee) {
      case Addressee.ReturnPathOf(DeliveryId delivery) ->
          of(read(() -> MailReport.of(sender, octets)), delivery);
      case Addressee.ReturnPathOfNotice(int notice) ->
          ofNotice(read(() -> MailReport.of(sender, octets)), notice);
      case Addressee.Complaints() -> reported(read(() -> MailReport.of(sender, octets)));
      case Addressee.Leaving(int subscriber) -> {
        if (read(() -> MailReport.isAnswer(sender, octets))) {
          count("automatic");
          yield Future.succeededFuture();
        }
        yield unsubscribe
            .apply(subscriber)
            .onSuccess(done -> log.info("mail.unsubscribed subscriber={}", subscriber));
      }
    };
  }

  private Future<Void> of(MailFeedback feedback, DeliveryId delivery) {
    return switch (feedback) {
      case Bounced bounced ->
          events.bounced(BounceEvent.of(delivery, bounced.diagnosis(), MailSource.MAIL));
      case Complained complained -> complained(delivery, complained);
      case Nothing(MailFeedback.Why why) -> ignored(why);
    };
  }

  private Future<Void> ofNotice(MailFeedback feedback, int notice) {
    return switch (feedback) {
      case Bounced bounced -> events.noticeBounced(notice, bounced.bounceClass());
      case Complained complained -> events.noticeUnwanted(notice);
      case Nothing(MailFeedback.Why why) -> ignored(why);
    };
  }

  /** Whom a report to a public address is about must be shown by what only we can have written. */
  private Future<Void> reported(MailFeedback feedback) {
    return switch (feedback) {
      case Complained complained -> {
        Optional<DeliveryId> delivery = addressees.reported(complained.source());
        OptionalInt subscriber = addressees.subscriber(complained.source());
        if (delivery.isPresent()) {
          yield complained(delivery.get(), complained);
        }
        if (subscriber.isPresent()) {
          yield complained(new DeliveryId(0, subscriber.getAsInt()), complained);
        }
        log.warn("mail.complaint_about_nobody type={}", complained.type());
        count("unidentified");
        yield Future.succeededFuture();
      }
      case Bounced bounced -> ignored(MailFeedback.Why.ORDINARY);
      case Nothing(MailFeedback.Why why) -> ignored(why);
    };
  }

  private Future<Void> complained(DeliveryId delivery, Complained complained) {
    return events.complained(
        new ComplaintEvent(
            delivery.subscriber(),
            delivery.audience(),
            complained.type(),
            complained.source().proof(),
            MailSource.MAIL));
  }

  private Future<Void> ignored(MailFeedback.Why why) {
    count(why.name().toLowerCase(Locale.ROOT));
    return Future.succeededFuture();
  }

  private <T> T read(Supplier<T> reading) {
    readers.acquireUninterruptibly();
    try {
      return reading.get();
    } finally {
      readers.release();
    }
  }

  private void count(String why) {
    Counter.builder("tocsin.mail.ignored")
        .description("Mails to our addresses from which nothing follows, by why")
        .tag("why", why)
        .register(registry)
        .increment();
  }
}
