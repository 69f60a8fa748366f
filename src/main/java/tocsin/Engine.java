package tocsin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.AudienceIndex;
import tocsin.audience.Channel;
import tocsin.audience.Erasure;
import tocsin.channel.Channels;
import tocsin.channel.Message;
import tocsin.channel.Sender;
import tocsin.channel.Unconfigured;
import tocsin.channel.email.SmtpSender;
import tocsin.channel.sms.ClosedCountries;
import tocsin.channel.sms.Closures;
import tocsin.channel.sms.TwilioSender;
import tocsin.channel.webhook.TargetPolicy;
import tocsin.channel.webhook.WebhookSender;
import tocsin.config.Settings;
import tocsin.delivery.AttemptLog;
import tocsin.delivery.Chunks;
import tocsin.delivery.Completions;
import tocsin.delivery.Deliveries;
import tocsin.delivery.EndpointEvents;
import tocsin.delivery.Endpoints;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.Plans;
import tocsin.delivery.QuarantineRule;
import tocsin.delivery.Retention;
import tocsin.delivery.Retries;
import tocsin.delivery.Told;
import tocsin.dispatch.Courier;
import tocsin.dispatch.DryRun;
import tocsin.dispatch.EndpointGauges;
import tocsin.dispatch.Forecasts;
import tocsin.dispatch.Lane;
import tocsin.dispatch.LaneStore;
import tocsin.dispatch.Outbox;
import tocsin.dispatch.OutboxWatch;
import tocsin.dispatch.OwnerMail;
import tocsin.dispatch.OwnerNotices;
import tocsin.dispatch.PersonalNotices;
import tocsin.dispatch.Planner;
import tocsin.dispatch.Preparation;
import tocsin.dispatch.Progress;
import tocsin.dispatch.RetentionRun;
import tocsin.dispatch.RetryPolicy;
import tocsin.dispatch.SenderPool;
import tocsin.dispatch.Time;
import tocsin.feedback.MailEvents;
import tocsin.feedback.RefusedMails;
import tocsin.incident.Catalogue;
import tocsin.incident.Control;
import tocsin.incident.Inbox;
import tocsin.incident.Incidents;
import tocsin.limit.Limiter;
import tocsin.limit.Limits;
import tocsin.limit.Slots;
import tocsin.render.NoticeWriter;
import tocsin.render.Renderer;
import tocsin.render.Templates;
import tocsin.selfservice.ExpiredOptIns;
import tocsin.selfservice.Notices;
import tocsin.store.Answer;
import tocsin.store.Database;
import tocsin.store.Turns;
import tocsin.trace.OtlpTraces;
import tocsin.trace.Traces;

/** The planner, a lane per channel, and what wakes them. */
final class Engine {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /**
   * How long a change of the limits on another node may go unnoticed if its notification is lost.
   */
  private static final Duration LIMITS_POLL = Duration.ofSeconds(10);

  private static final Duration FORGETTING = Duration.ofHours(1);

  /** Longer than any time-out of a sender. */
  private static final Duration LONGEST_SEND = Duration.ofMinutes(3);

  private final Vertx vertx;
  private final Database database;
  private final Limits limits;
  private final Limiter limiter;
  private final AttemptLog attempts;
  private final MailEvents mailEvents;
  private final WebhookSender webhooks;
  private final Renderer renderer;
  private final Closures closures = Closures.none(InstantSource.system());
  private final SenderPool senders;
  private final Channels channels;
  private final List<Outbox> outboxes;
  private final Notices notices;
  private final ExpiredOptIns optIns;
  private final EndpointGauges gauges;
  private final RetentionRun retention;
  private final Planner planner;
  private final Progress progress;
  private final Forecasts forecasts;
  private final DryRun dryRun;
  private final Traces traces;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Long> polls = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();

  Engine(
      Vertx vertx,
      Settings settings,
      Database database,
      Templates templates,
      Keys keys,
      MeterRegistry registry) {
    Pool pool = database.pool();
    this.traces = traces(settings.trace(), pool);
    FrozenAudiences audiences = new FrozenAudiences(pool);
    SenderPool senders = new SenderPool(settings.twilio().senders(), closures.routes()::isClosed);
    String postal = Objects.requireNonNullElse(settings.brand().address(), "");
    this.renderer =
        new Renderer(
            templates, settings.mail(), settings.publicUrl(), settings.sms().segments(), postal);
    Preparation preparation =
        new Preparation(renderer, new Catalogue(pool), new Incidents(pool), senders);
    this.vertx = vertx;
    this.database = database;
    this.senders = senders;
    this.forecasts = new Forecasts(pool, audiences, preparation, InstantSource.system());
    this.limits = new Limits(pool);
    this.limiter = new Limiter(Ticker.systemTicker(), new Slots(pool));
    this.attempts = new AttemptLog(pool, QuarantineRule.USUAL, registry);
    this.webhooks =
        new WebhookSender(
                vertx,
                new TargetPolicy(settings.webhooks().allow(), settings.publicUrl()),
                InstantSource.system())
            .heardBy(attempts);
    this.mailEvents = new MailEvents(pool, registry);
    this.channels = channels(vertx, settings, webhooks, mailEvents, closures);
    NoticeWriter writer =
        new NoticeWriter(templates, settings.mail(), settings.publicUrl(), postal);
    this.notices = new Notices(pool);
    this.optIns = new ExpiredOptIns(pool);
    this.outboxes =
        List.of(
            new OwnerNotices(
                new EndpointEvents(pool),
                new OwnerMail(writer, keys.ways().returnPath(), new Deliveries(pool, audiences)),
                channels.email(),
                InstantSource.system()),
            new PersonalNotices(
                notices,
                writer,
                keys.ways(),
                keys.codes(),
                senders,
                channels,
                limiter,
                InstantSource.system(),
                registry));
    this.retention =
        new RetentionRun(
            new Retention(pool, new Erasure(pool, keys.suppressions()), settings.retention()),
            new Turns(pool),
            registry);
    this.gauges = new EndpointGauges(new Endpoints(pool), registry);
    AudienceIndex index = new AudienceIndex(pool);
    Told told = new Told(pool, audiences);
    this.planner =
        new Planner(new Plans(pool, settings.gather()), index, told, preparation, registry, traces);
    this.dryRun = new DryRun(pool, index, told, preparation, forecasts);
    this.progress = new Progress(new Completions(pool), registry, traces);
    for (Channel channel : configured(settings)) {
      Courier courier =
          new Courier(
              channels, keys.ways(), RetryPolicy.of(channel), Time.system(), keys.random(), traces);
      lanes.add(
          new Lane(
              channel,
              mostSends(channel, settings),
              LONGEST_SEND,
              LaneStore.of(pool, audiences),
              limiter,
              preparation,
              courier,
              registry,
              Time.system()));
    }
  }

  private static Traces traces(Settings.Trace settings, Pool pool) {
    URI endpoint = settings.endpoint();
    return endpoint == null
        ? Traces.OFF
        : new OtlpTraces(endpoint, settings.recipients(), pool, Version.number());
  }

  Traces traces() {
    return traces;
  }

  Forecasts forecasts() {
    return forecasts;
  }

  /** Where carriers drop what Twilio takes from us. */
  ClosedCountries unregistered() {
    return closures.unregistered();
  }

  /** Where what is said of mails comes together. */
  MailEvents mailEvents() {
    return mailEvents;
  }

  WebhookSender webhooks() {
    return webhooks;
  }

  Renderer renderer() {
    return renderer;
  }

  DryRun dryRun() {
    return dryRun;
  }

  /** Blocks until everything runs. */
  void start() {
    Answer.of(limits.propose(senders.rates()));
    Answer.of(limits.all().onSuccess(limiter::rates));
    if (database.isAlone()) {
      releaseLeases();
    }
    DeploymentOptions virtual =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    for (Lane lane : lanes) {
      deploy(lane, virtual);
    }
    deploy(planner, virtual);
    deploy(progress, new DeploymentOptions());
    deploy(attempts, new DeploymentOptions());
    deploy(gauges, new DeploymentOptions());
    deploy(retention, new DeploymentOptions());
    outboxes.forEach(outbox -> deploy(new OutboxWatch(outbox), virtual));
    Answer.of(database.wakeups().listen(Inbox.TOPIC, planner::wake));
    Answer.of(database.wakeups().listen(Plans.TOPIC, () -> lanes.forEach(Lane::wake)));
    Answer.of(database.wakeups().listen(Control.TOPIC, () -> lanes.forEach(Lane::wake)));
    Answer.of(database.wakeups().listen(Limits.TOPIC, this::readLimits));
    polls.add(vertx.setPeriodic(FORGETTING.toMillis(), id -> forget()));
    polls.add(vertx.setPeriodic(LIMITS_POLL.toMillis(), id -> readLimits()));
  }

  private void forget() {
    notices.forget().onFailure(e -> log.warn("notices.not_forgotten retrying=true", e));
    optIns.forget().onFailure(e -> log.warn("optins.not_forgotten retrying=true", e));
  }

  private void deploy(Deployable verticle, DeploymentOptions options) {
    deployments.add(Answer.of(vertx.deployVerticle(verticle, options)));
  }

  /** No other node can hold one: what a crash interrupted need not wait for its lease to end. */
  private void releaseLeases() {
    Answer.of(new Chunks(database.pool()).releaseAll());
    Answer.of(new Retries(database.pool()).releaseAll());
  }

  private void readLimits() {
    limits
        .all()
        .onSuccess(rates -> {
          if (!rates.equals(limiter.rates())) {
            limiter.rates(rates);
            lanes.forEach(Lane::limitsChanged);
            log.info("limits.changed keys={}", rates.size());
          }
        })
        .onFailure(e -> log.warn("limits.not_read retrying=true", e));
  }

  /**
   * Claims nothing more, ends what is in flight, hands the leases back.
   *
   * @param longest for what is in flight; then it is given up
   */
  Future<Void> stop(Duration longest) {
    polls.forEach(vertx::cancelTimer);
    long cut = vertx.setTimer(Math.max(1, longest.toMillis()), id -> lanes.forEach(Lane::cut));
    List<Future<Void>> undeployed = deployments.stream().map(vertx::undeploy).toList();
    return Future.join(undeployed)
        .onComplete(done -> {
          vertx.cancelTimer(cut);
          channels.close();
        })
        .mapEmpty();
  }

  private static Channels channels(
      Vertx vertx,
      Settings settings,
      WebhookSender webhook,
      MailEvents mailEvents,
      Closures closures) {
    URI publicUrl = settings.publicUrl();
    Sender<Message.Email> email =
        settings.smtp().host() == null
            ? new Unconfigured<>("smtp.host")
            : new RefusedMails(
                new SmtpSender(vertx, settings.smtp(), settings.mailName()), mailEvents);
    Sender<Message.Sms> sms =
        settings.twilio().accountSid() == null
            ? new Unconfigured<>("twilio.account.sid")
            : new TwilioSender(
                vertx, settings.twilio(), settings.sms().onUnknown(), publicUrl, closures);
    return new Channels(email, sms, webhook);
  }

  /** A channel without settings has no lane: what is for it waits in its chunks. */
  private static List<Channel> configured(Settings settings) {
    List<Channel> channels = new ArrayList<>(List.of(Channel.WEBHOOK));
    if (settings.smtp().host() != null) {
      channels.add(Channel.EMAIL);
    }
    if (settings.twilio().accountSid() != null) {
      channels.add(Channel.SMS);
    }
    return channels;
  }

  private static int mostSends(Channel channel, Settings settings) {
    return switch (channel) {
      case EMAIL -> settings.smtp().connections() * SmtpSender.MAILS_PER_CONNECTION;
      case SMS -> settings.twilio().connections();
      case WEBHOOK -> settings.webhooks().connections();
    };
  }
}
