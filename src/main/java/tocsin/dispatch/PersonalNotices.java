package tocsin.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.channel.Channels;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.limit.Limiter;
import tocsin.limit.Wait;
import tocsin.render.NoticeWriter;
import tocsin.render.PersonalNotice;
import tocsin.render.PreparedSms;
import tocsin.selfservice.Notice;
import tocsin.selfservice.Notices;
import tocsin.selfservice.Notices.Result;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.WaysBack;
import tocsin.store.Answer;

/**
 * Sends the notices to people, within the same limits as all messages of their channel, and tries
 * again for as long as they are of use.
 */
public final class PersonalNotices implements Outbox {
  private static final Logger log = LoggerFactory.getLogger(PersonalNotices.class);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration SHORTEST_VALIDITY = Duration.ofSeconds(5);
  private static final Duration LONGEST_VALIDITY = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final int MOST_WAITS = 20;
  private static final int MOST = 50;

  /** Their ids are those of no delivery. */
  private static final int NO_AUDIENCE = 0;

  private final Notices notices;
  private final NoticeWriter writer;
  private final WaysBack ways;
  private final OptInCodes codes;
  private final SenderPool senders;
  private final Channels channels;
  private final Limiter limiter;
  private final InstantSource clock;
  private final MeterRegistry registry;

  /**
   * @param senders what texts are sent from
   */
  public PersonalNotices(
      Notices notices,
      NoticeWriter writer,
      WaysBack ways,
      OptInCodes codes,
      SenderPool senders,
      Channels channels,
      Limiter limiter,
      InstantSource clock,
      MeterRegistry registry) {
    this.notices = notices;
    this.writer = writer;
    this.ways = ways;
    this.codes = codes;
    this.senders = senders;
    this.channels = channels;
    this.limiter = limiter;
    this.clock = clock;
    this.registry = registry;
  }

  @Override
  public List<Runnable> claim() {
    return Answer.of(notices.claim(MOST, LEASE)).stream()
        .<Runnable>map(notice -> () -> tell(notice))
        .toList();
  }

  private void tell(Notice notice) {
    Outcome outcome = outcome(notice, clock.instant());
    switch (outcome) {
      case Outcome.Sent sent -> ended(notice, Result.SENT);
      case Outcome.Rejected rejected -> {
        log.info("notice.refused id={} reason={}", notice.id(), rejected.reason().word());
        ended(notice, Result.FAILED);
      }
      case Outcome.Deferred deferred ->
          Answer.of(notices.again(notice.id(), pause(notice, deferred)));
    }
  }

  private void ended(Notice notice, Result result) {
    Answer.of(notices.ended(notice.id(), result));
    Counter.builder("tocsin.notices")
        .description("Messages to single people that tell of no update, by kind and outcome")
        .tag("kind", notice.kind().word())
        .tag("outcome", result == Result.SENT ? "sent" : "failed")
        .register(registry)
        .increment();
  }

  private Outcome outcome(Notice notice, Instant now) {
    Message message;
    Demands demands;
    if (notice.channel() == Channel.SMS) {
      PreparedSms text = writer.text(worded(notice));
      demands = Demands.sms(notice.address(), text.segments(), senders);
      message = text(notice, text, now);
    } else {
      demands = Demands.email(notice.address());
      message = mail(notice, now);
    }
    Wait wait = permit(demands);
    return wait.isNone()
        ? channels.send(message).await()
        : new Outcome.Deferred(Reason.LIMIT, wait.key(), wait.duration());
  }

  /** Waits for it, for a while: what is reserved ahead is lost to who comes back much later. */
  private Wait permit(Demands demands) {
    Wait wait = limiter.reserve(demands.wanting(1, 1));
    for (int n = 0; n < MOST_WAITS && mayWait(wait); n++) {
      try {
        Thread.sleep(wait.duration());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return wait;
      }
      wait = limiter.reserve(demands.wanting(1, 1));
    }
    return wait;
  }

  private static boolean mayWait(Wait wait) {
    return !wait.isNone() && wait.duration().compareTo(LONGEST_WAIT) <= 0;
  }

  private Message mail(Notice notice, Instant now) {
    DeliveryId id = id(notice);
    return new Message.Email(
        id,
        ways.returnPath().of(id, now),
        notice.address(),
        writer.mail(worded(notice), notice.address(), "notice-" + notice.id(), now));
  }

  private Message text(Notice notice, PreparedSms text, Instant now) {
    Duration left = Duration.ofSeconds(Duration.between(now, notice.goodUntil()).toSeconds());
    return new Message.Sms(
        id(notice),
        senders.senderOf(notice.address()),
        notice.address(),
        text.text(),
        text.segments(),
        left.compareTo(SHORTEST_VALIDITY) < 0
            ? SHORTEST_VALIDITY
            : shorter(left, LONGEST_VALIDITY));
  }

  private PersonalNotice worded(Notice notice) {
    return new PersonalNotice(
        notice.kind(),
        end(notice, ways.tokens()),
        notice.askedAt(),
        notice.linkEnds(),
        notice.locale(),
        notice.zone());
  }

  private String end(Notice notice, LinkTokens tokens) {
    int subject = notice.subject();
    return switch (notice.kind()) {
      case CONFIRM -> tokens.token(Purpose.CONFIRM, subject);
      case CODE -> codes.code(subject);
      case KNOWN, WELCOME ->
          tokens.token(Purpose.PREFERENCES, new Link(subject, notice.linkVersion()));
      case LEAVE -> tokens.token(Purpose.LEAVE_LIST, new Link(subject, notice.linkVersion()));
    };
  }

  private static DeliveryId id(Notice notice) {
    return new DeliveryId(NO_AUDIENCE, notice.id());
  }

  /** For a limit as long as it takes; else twice as long each time, or longer where asked for. */
  private static Duration pause(Notice notice, Outcome.Deferred deferred) {
    Duration asked = deferred.after();
    if (deferred.reason() == Reason.LIMIT && asked != null) {
      return asked;
    }
    Duration own =
        shorter(FIRST_PAUSE.multipliedBy(1L << Math.min(notice.attempts() - 1, 10)), LONGEST_PAUSE);
    return asked != null && asked.compareTo(own) > 0 ? asked : own;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
