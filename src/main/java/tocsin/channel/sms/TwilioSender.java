package tocsin.channel.sms;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.channel.http.Exchanges;
import tocsin.config.Settings;
import tocsin.config.Settings.OnUnknown;

/**
 * Hands text messages to Twilio, each at most once per call. What may have been sent is looked for;
 * where it is not found, a setting says whether it counts as lost. The SDK blocks: each send has a
 * virtual thread.
 */
public final class TwilioSender implements Sender<Message.Sms> {
  private static final Logger log = LoggerFactory.getLogger(TwilioSender.class);
  private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");

  /** How long a send waits for Twilio to take it, before the engine keeps it for later. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Exchanges exchanges;
  private final TwilioRestClient client;
  private final TwilioLookup lookup;
  private final StatusCallback callback;
  private final OnUnknown onUnknown;
  private final Closures closures;
  private final List<String> senders;
  private final Throttle throttle = new Throttle(InstantSource.system(), anyThread());

  /**
   * Not to be called from an event loop.
   *
   * @param settings with account and token
   * @param publicUrl what the status callback begins with, without a trailing slash
   */
  public TwilioSender(
      Vertx vertx,
      Settings.Twilio settings,
      OnUnknown onUnknown,
      URI publicUrl,
      Closures closures) {
    this(vertx, settings, onUnknown, publicUrl, TwilioBounds.STANDARD, closures);
  }

  public TwilioSender(Vertx vertx, Settings.Twilio settings, OnUnknown onUnknown, URI publicUrl) {
    this(vertx, settings, onUnknown, publicUrl, TwilioBounds.STANDARD);
  }

  TwilioSender(
      Vertx vertx,
      Settings.Twilio settings,
      OnUnknown onUnknown,
      URI publicUrl,
      TwilioBounds bounds) {
    this(vertx, settings, onUnknown, publicUrl, bounds, Closures.none(InstantSource.system()));
  }

  TwilioSender(
      Vertx vertx,
      Settings.Twilio settings,
      OnUnknown onUnknown,
      URI publicUrl,
      TwilioBounds bounds,
      Closures closures) {
    String account = Objects.requireNonNull(settings.accountSid(), "twilio.account.sid");
    var token = Objects.requireNonNull(settings.authToken(), "twilio.auth.token");
    this.exchanges = new Exchanges(vertx, bounds.client());
    this.client =
        new TwilioRestClient.Builder(account, token.value())
            .accountSid(account)
            .httpClient(new TwilioTransport(exchanges, settings.baseUrl(), bounds.total()))
            .build();
    this.lookup = new TwilioLookup(client, bounds.listing());
    this.callback = new StatusCallback(publicUrl, settings.baseUrl());
    this.onUnknown = onUnknown;
    this.closures = closures;
    this.senders = settings.senders();
  }

  @Override
  public Future<Outcome> send(Message.Sms message) {
    Promise<Outcome> outcome = Promise.promise();
    Thread.startVirtualThread(() -> {
      try {
        outcome.complete(closures.held(message, senders).orElseGet(() -> open(message)));
      } catch (RuntimeException bug) {
        outcome.fail(bug);
      }
    });
    return outcome.future();
  }

  private Outcome open(Message.Sms message) {
    Outcome outcome = looked(message);
    if (outcome instanceof Outcome.Sent) {
      closures.taken(message);
    }
    return outcome;
  }

  private Outcome looked(Message.Sms message) {
    Instant asked = Instant.now();
    return switch (posted(message)) {
      case Outcome.Sent sent -> sent;
      case Outcome.Deferred deferred ->
          switch (deferred.reason()) {
            case ROUTE -> closures.refused(message, senders, deferred.detail());
            case UNKNOWN -> unknown(message, asked, deferred.detail());
            default -> told(message, deferred);
          };
      case Outcome.Rejected rejected -> told(message, rejected);
    };
  }

  @Override
  public void close() {
    exchanges.close();
  }

  @Override
  public Outcome hung() {
    return lost("the send hung");
  }

  /** What Twilio refused as too much at a time it never processed: it is posted again. */
  private Outcome posted(Message.Sms message) {
    Instant patience = Instant.now().plus(PATIENCE);
    while (true) {
      Duration wait = throttle.left();
      if (Instant.now().plus(wait).isAfter(patience)) {
        return new Outcome.Deferred(Reason.THROTTLED, "too much at a time", wait);
      }
      if (!slept(wait)) {
        return new Outcome.Deferred(Reason.LIMIT, "stopped", null);
      }
      Outcome outcome = created(message);
      if (!isTooMuch(outcome)) {
        throttle.taken();
        return outcome;
      }
      throttle.refused();
    }
  }

  private static boolean isTooMuch(Outcome outcome) {
    return outcome instanceof Outcome.Deferred(Reason reason, String detail, Duration after)
        && reason == Reason.THROTTLED
        && after == null;
  }

  private static boolean slept(Duration wait) {
    try {
      Thread.sleep(wait);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static RandomGenerator anyThread() {
    return () -> ThreadLocalRandom.current().nextLong();
  }

  private Outcome created(Message.Sms message) {
    try {
      String sid = creator(message).create(client).getSid();
      return new Outcome.Sent(Objects.requireNonNullElse(sid, ""));
    } catch (TwilioFailure failure) {
      return failure.outcome();
    } catch (TwilioException unreadable) {
      return new Outcome.Deferred(Reason.UNKNOWN, "taken, but the answer is unreadable", null);
    }
  }

  private Outcome unknown(Message.Sms message, Instant asked, String detail) {
    Optional<String> found = lookup.find(message, asked);
    if (found.isPresent()) {
      return new Outcome.Sent(found.get());
    }
    return lost(detail);
  }

  private Outcome lost(String detail) {
    return switch (onUnknown) {
      case DROP -> new Outcome.Rejected(Reason.UNKNOWN, "may have been sent: " + detail);
      case RETRY -> new Outcome.Deferred(Reason.UNKNOWN, detail, null);
    };
  }

  /** The circuit keeps what an operator must mend to a line a minute. */
  private static Outcome told(Message.Sms message, Outcome outcome) {
    if (outcome instanceof Outcome.Deferred refused && refused.reason() == Reason.OPERATOR) {
      log.warn(
          "sms.refused delivery={} reason=operator detail=\"{}\"", message.id(), refused.detail());
    } else if (outcome instanceof Outcome.Rejected wrong && wrong.reason() == Reason.REQUEST) {
      log.warn(
          "sms.refused delivery={} reason=request detail=\"{}\"", message.id(), wrong.detail());
    }
    return outcome;
  }

  private MessageCreator creator(Message.Sms message) {
    var to = new PhoneNumber(message.to());
    MessageCreator creator =
        SERVICE.matcher(message.sender()).matches()
            ? new MessageCreator(to, message.sender(), message.text())
            : new MessageCreator(to, new PhoneNumber(message.sender()), message.text());
    callback.of(message.id()).ifPresent(creator::setStatusCallback);
    return creator.setValidityPeriod((int) message.validity().toSeconds());
  }
}
