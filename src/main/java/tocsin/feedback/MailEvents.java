package tocsin.feedback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Evidence;
import tocsin.channel.email.BounceClass;
import tocsin.selfservice.Leaving;

/**
 * Where all that is said of mails comes together, whoever says it: each event is written down
 * before it counts as heard, and what an operator must act on is told.
 */
public final class MailEvents {
  private static final Logger log = LoggerFactory.getLogger(MailEvents.class);

  private final Bounces bounces;
  private final Complaints complaints;
  private final Leaving leaving;
  private final EndedNotices notices;
  private final MeterRegistry registry;
  private final Batches<BounceEvent> batches = new Batches<>(this::write);

  /** What an operator is told of once, however many mails it is about. */
  private record Refusal(String bounceClass, String domain, String status, String source) {}

  public MailEvents(Pool pool, MeterRegistry registry) {
    this.bounces = new Bounces(pool);
    this.complaints = new Complaints(pool);
    this.leaving = new Leaving(pool);
    this.notices = new EndedNotices(pool);
    this.registry = registry;
    Stream.of(BounceClass.values()).forEach(bounceClass -> count(bounceClass.word(), 0));
  }

  /** Completes when it is on record, with whatever follows from it. */
  public Future<Void> bounced(BounceEvent event) {
    return batches.add(event);
  }

  /** As {@link #bounced}. */
  public Future<Void> complained(ComplaintEvent event) {
    return complaints
        .record(event)
        .onSuccess(result -> {
          if (result != Complaints.Result.NO_NEWS) {
            Counter.builder("tocsin.complaints")
                .description("Mails that were reported as unwanted")
                .register(registry)
                .increment();
            log.warn(
                "mail.complaint subscriber={} type={} result={}",
                event.subscriber(),
                event.type().replaceAll("[^\\w-]", "?"),
                result);
          }
        })
        .compose(result ->
            result == Complaints.Result.SHARED
                ? leaving.leave(event.subscriber(), Evidence.of("complaint")).mapEmpty()
                : Future.succeededFuture());
  }

  /** A mail that tells of no update came back: whom it was to may not exist. */
  Future<Void> noticeBounced(int notice, BounceClass bounce) {
    return switch (bounce) {
      case HARD, CAPABILITY -> notices.end(notice);
      case POLICY, CONTENT, UNKNOWN, SOFT, ROUTING, DISABLED -> Future.succeededFuture();
    };
  }

  /** A mail that tells of no update was reported as unwanted. */
  Future<Void> noticeUnwanted(int notice) {
    return notices.end(notice);
  }

  private Future<Void> write(List<BounceEvent> events) {
    return bounces.record(events).onSuccess(this::tell).mapEmpty();
  }

  private void tell(Bounces.Outcome outcome) {
    Map<Refusal, Long> refusals =
        outcome.news().stream()
            .collect(
                Collectors.groupingBy(
                    news ->
                        new Refusal(
                            news.bounceClass(), news.domain(), news.status(), news.source()),
                    Collectors.counting()));
    refusals.forEach((refusal, count) -> {
      count(refusal.bounceClass(), count);
      if (isOurs(refusal.bounceClass()) && !refusal.source().equals(MailSource.REPLY.word())) {
        log.warn(
            "mail.bounced class={} domain={} status={} mails={}",
            refusal.bounceClass(),
            refusal.domain(),
            refusal.status(),
            count);
      }
    });
    if (outcome.quarantined() > 0) {
      log.info("mail.quarantined subscribers={}", outcome.quarantined());
    }
  }

  private static boolean isOurs(String bounceClass) {
    return bounceClass.equals(BounceClass.POLICY.word())
        || bounceClass.equals(BounceClass.CONTENT.word());
  }

  /** There from the start: an alert sees only what rises. */
  private void count(String bounceClass, long mails) {
    Counter.builder("tocsin.bounces")
        .description("Mails that were refused, at once or later, by what it means")
        .tag("class", bounceClass)
        .register(registry)
        .increment((double) mails);
  }
}
