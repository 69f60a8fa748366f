package tocsin.channel.email;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.config.Settings;

/**
 * Sends mails through one mail server, over a bounded number of connections that are used again.
 */
public final class SmtpSender implements Sender<Message.Email> {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration SWEEP = Duration.ofSeconds(10);

  private final boolean hasServer;
  private final SmtpSession session;
  private final InstantSource clock;
  private final Semaphore permits;
  private final RestingConnections resting;
  private final ScheduledThreadPoolExecutor watch;

  /**
   * @param smtp without a host, every mail waits for the operator
   * @param envelopeFrom where bounces go
   */
  public SmtpSender(Settings.Smtp smtp, String envelopeFrom) {
    this(smtp, envelopeFrom, SmtpTimeouts.USUAL, Map.of(), Clock.systemUTC());
  }

  /**
   * @param properties of the Jakarta Mail session, over our own
   */
  SmtpSender(
      Settings.Smtp smtp,
      String envelopeFrom,
      SmtpTimeouts timeouts,
      Map<String, Object> properties,
      InstantSource clock) {
    this.hasServer = smtp.host() != null;
    this.clock = clock;
    this.permits = new Semaphore(smtp.connections(), true);
    this.resting = new RestingConnections(clock);
    this.watch = watch();
    this.session = new SmtpSession(smtp, envelopeFrom, timeouts, watch, properties);
    ScheduledFuture<?> _ =
        watch.scheduleWithFixedDelay(
            () -> Thread.startVirtualThread(resting::closeSpent),
            SWEEP.toMillis(),
            SWEEP.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Cuts writes that take too long. Forgets those that did not, or they would pile up. */
  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("smtp-watch").factory());
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  @Override
  public Outcome send(Message.Email mail) {
    Envelope envelope = new Envelope(mail);
    if (!envelope.isAddressable()) {
      return new Rejected(Reason.ADDRESS, "no address of a mailbox");
    }
    if (!hasServer) {
      return new Deferred(Reason.OPERATOR, "smtp.host is not set", null);
    }
    try {
      if (!permits.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Deferred(Reason.LIMIT, "every connection is busy", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Deferred(Reason.LIMIT, "stopped while waiting for a connection", null);
    }
    try {
      return transmit(envelope);
    } finally {
      permits.release();
    }
  }

  private Outcome transmit(Envelope envelope) {
    Optional<Connection> rested = resting.take();
    if (rested.isPresent()) {
      Outcome outcome = transmit(envelope, rested.get());
      if (!wentStale(rested.get().relay())) {
        return outcome;
      }
    }
    Relay relay = session.relay();
    try {
      session.connect(relay);
    } catch (MessagingException e) {
      return Failure.outcome(e, relay.phase(), relay.reply());
    }
    Instant now = clock.instant();
    return transmit(envelope, new Connection(relay, now, now, 0));
  }

  /** The server hung up while the connection rested: that says nothing about the mail. */
  private static boolean wentStale(Relay relay) {
    return relay.phase() == Phase.MAIL
        && relay.reply().map(reply -> reply.code() == 421).orElse(true);
  }

  private Outcome transmit(Envelope envelope, Connection connection) {
    Relay relay = connection.relay();
    if (envelope.needsSmtpUtf8() && !relay.supportsExtension("SMTPUTF8")) {
      resting.put(connection);
      return new Rejected(Reason.CAPABILITY, "the mail server does not offer SMTPUTF8");
    }
    try {
      relay.sendMessage(envelope.message(session.session()), envelope.recipients());
    } catch (MessagingException e) {
      Outcome outcome = Failure.outcome(e, relay.phase(), relay.reply());
      keepOrClose(connection);
      return outcome;
    }
    resting.put(connection.afterMail(clock.instant()));
    return new Sent(relay.reply().map(Reply::queueId).orElse(""));
  }

  private void keepOrClose(Connection connection) {
    Relay relay = connection.relay();
    boolean refusedOneMail =
        relay.reply().map(reply -> reply.isRefusal() && reply.code() != 421).orElse(false);
    if (refusedOneMail && relay.isConnected()) {
      resting.put(connection.afterMail(clock.instant()));
    } else {
      connection.close();
    }
  }

  @Override
  public void close() {
    resting.close();
    watch.shutdownNow();
  }
}
