package tocsin.channel.webhook;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.channel.http.Deadline;
import tocsin.channel.http.Exchange;
import tocsin.channel.http.Exchanges;

/**
 * Posts signed events. Each attempt checks the URL, looks its name up, refuses it if any address is
 * forbidden, and connects to one that was checked: a name that changes its mind between
 * registration, check and connection gains nothing.
 */
public final class WebhookSender implements Sender<Message.Webhook> {
  private static final int ADDRESSES_TRIED = 3;

  private final Exchanges exchanges;
  private final Resolver resolver;
  private final TargetPolicy policy;
  private final InstantSource time;
  private final WebhookBounds bounds;
  private final SigningKeys keys = new SigningKeys();
  private volatile AttemptListener listener = attempt -> {};

  /** Not to be called from an event loop. */
  public WebhookSender(Vertx vertx, TargetPolicy policy, InstantSource time) {
    this(vertx, WebhookBounds.STANDARD, policy, time);
  }

  private WebhookSender(
      Vertx vertx, WebhookBounds bounds, TargetPolicy policy, InstantSource time) {
    this(
        new Exchanges(vertx, bounds.client()),
        new RememberingResolver(new SystemResolver(), Ticker.systemTicker()),
        policy,
        time,
        bounds);
  }

  WebhookSender(
      Exchanges exchanges,
      Resolver resolver,
      TargetPolicy policy,
      InstantSource time,
      WebhookBounds bounds) {
    this.exchanges = exchanges;
    this.resolver = resolver;
    this.policy = policy;
    this.time = time;
    this.bounds = bounds;
  }

  /** The same, and whoever listens is told of each attempt. */
  public WebhookSender heardBy(AttemptListener hears) {
    listener = hears;
    return this;
  }

  @Override
  public Outcome send(Message.Webhook message) {
    Attempt attempt = attempt(message);
    listener.attempted(attempt);
    return attempt.outcome();
  }

  /** As {@link #send}, with all that was seen of it; no listener is told. */
  public Attempt attempt(Message.Webhook message) {
    Trace trace = new Trace(time.instant());
    return trace.ended(message, send(message, trace));
  }

  private Outcome send(Message.Webhook message, Trace trace) {
    return switch (policy.check(message.endpoint())) {
      case Verdict.Refused(String reason) ->
          new Outcome.Rejected(Reason.FORBIDDEN_TARGET, "the URL " + reason);
      case Verdict.Allowed(Target target) ->
          signed(message, target)
              .map(request -> send(message, target, request, trace))
              .orElseGet(
                  () -> new Outcome.Rejected(Reason.REQUEST, "the endpoint's secret is malformed"));
    };
  }

  @Override
  public void close() {
    exchanges.close();
  }

  private Optional<WebhookRequest> signed(Message.Webhook message, Target target) {
    Instant now = time.instant();
    return keys.sign(message.keys(), message.id().toString(), now, message.body())
        .map(signature -> WebhookRequest.of(message, target, signature, now));
  }

  private Outcome send(
      Message.Webhook message, Target target, WebhookRequest request, Trace trace) {
    Deadline deadline = Deadline.in(bounds.total());
    try {
      List<InetAddress> addresses = addresses(target);
      if (!addresses.stream().allMatch(address -> policy.permits(target, address))) {
        return new Outcome.Rejected(Reason.FORBIDDEN_TARGET, "the host is not a public one");
      }
      Exchange exchange =
          trace.exchanged(
              request, post(request, addresses, Buffer.buffer(message.body()), deadline));
      return WebhookAnswers.outcome(message.dialect(), exchange, time.instant());
    } catch (UnknownHostException unknown) {
      return new Outcome.Deferred(Reason.CONNECTION, "the host has no address", null);
    } catch (TimeoutException late) {
      return new Outcome.Deferred(Reason.TIMEOUT, "no address in time", null);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Outcome.Deferred(Reason.LIMIT, "stopped", null);
    }
  }

  private List<InetAddress> addresses(Target target)
      throws UnknownHostException, TimeoutException, InterruptedException {
    var literal = target.literal();
    return literal.isPresent()
        ? List.of(literal.get())
        : resolver.resolve(target.host(), bounds.connect());
  }

  /** Goes to the next address only while not a byte was sent. */
  private Exchange post(
      WebhookRequest request, List<InetAddress> addresses, Buffer body, Deadline deadline) {
    Exchange last = exchanges.exchange(request.to(addresses.getFirst()), body, deadline);
    for (int i = 1; i < Math.min(addresses.size(), ADDRESSES_TRIED); i++) {
      if (!(last instanceof Exchange.Unsent) || deadline.over()) {
        return last;
      }
      last = exchanges.exchange(request.to(addresses.get(i)), body, deadline);
    }
    return last;
  }
}
