package tocsin.channel.webhook;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
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
  public Future<Outcome> send(Message.Webhook message) {
    return attempt(message)
        .map(attempt -> {
          listener.attempted(attempt);
          return attempt.outcome();
        });
  }

  /** As {@link #send}, with all that was seen of it; no listener is told. */
  public Future<Attempt> attempt(Message.Webhook message) {
    Trace trace = new Trace(time.instant());
    return send(message, trace).map(outcome -> trace.ended(message, outcome));
  }

  private Future<Outcome> send(Message.Webhook message, Trace trace) {
    return switch (policy.check(message.endpoint())) {
      case Admission.Refused(String reason) ->
          rejected(Reason.FORBIDDEN_TARGET, "the URL " + reason);
      case Admission.Allowed(Target target) ->
          signed(message, target)
              .map(request -> send(message, target, request, trace))
              .orElseGet(() -> rejected(Reason.REQUEST, "the endpoint's secret is malformed"));
    };
  }

  private static Future<Outcome> rejected(Reason reason, String detail) {
    return Future.succeededFuture(new Outcome.Rejected(reason, detail));
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

  private Future<Outcome> send(
      Message.Webhook message, Target target, WebhookRequest request, Trace trace) {
    Deadline deadline = Deadline.in(bounds.total());
    return addresses(target)
        .transform(found ->
            found.succeeded()
                ? post(message, target, request, found.result(), deadline, trace)
                : Future.succeededFuture(unresolved(found.cause())));
  }

  private Future<List<InetAddress>> addresses(Target target) {
    return target
        .literal()
        .map(address -> Future.succeededFuture(List.of(address)))
        .orElseGet(() -> resolver.resolve(target.host(), bounds.connect()));
  }

  private static Outcome unresolved(Throwable cause) {
    return cause instanceof TimeoutException
        ? new Outcome.Deferred(Reason.TIMEOUT, "no address in time", null)
        : new Outcome.Deferred(Reason.CONNECTION, "the host has no address", null);
  }

  private Future<Outcome> post(
      Message.Webhook message,
      Target target,
      WebhookRequest request,
      List<InetAddress> addresses,
      Deadline deadline,
      Trace trace) {
    if (!addresses.stream().allMatch(address -> policy.permits(target, address))) {
      return rejected(Reason.FORBIDDEN_TARGET, "the host is not a public one");
    }
    return post(request, Buffer.buffer(message.body()), addresses, 0, deadline)
        .map(exchange ->
            WebhookAnswers.outcome(
                message.dialect(), trace.exchanged(request, exchange), time.instant()));
  }

  /** Goes to the next address only while not a byte was sent. */
  private Future<Exchange> post(
      WebhookRequest request,
      Buffer body,
      List<InetAddress> addresses,
      int tried,
      Deadline deadline) {
    Future<Exchange> first = exchanges.exchange(request.to(addresses.get(tried)), body, deadline);
    int next = tried + 1;
    return next == Math.min(addresses.size(), ADDRESSES_TRIED)
        ? first
        : first.compose(exchange ->
            exchange instanceof Exchange.Unsent && !deadline.over()
                ? post(request, body, addresses, next, deadline)
                : Future.succeededFuture(exchange));
  }
}
