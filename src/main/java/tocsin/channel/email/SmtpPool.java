package tocsin.channel.email;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Reason;

/**
 * The connections of one event loop, and the letters that wait for one. Opens as many as there are
 * letters waiting, up to a bound. Only {@link #post} and {@link #close} may be called from outside.
 */
final class SmtpPool implements Outbox {
  /**
   * While other connections are open, a server that refuses one more is not asked again at once.
   */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Context loop;
  private final Relay relay;
  private final SmtpTimeouts timeouts;
  private final int most;
  private final LongSupplier nanos;

  private final Queue<Letter> posted = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isCollecting = new AtomicBoolean();
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private final Set<SmtpConnection> connections = new LinkedHashSet<>();
  private int dialing;
  private long dialAgainAt;
  private boolean isClosed;

  /**
   * @param most connections at a time
   * @param nanos a clock that only goes forward
   */
  SmtpPool(Context loop, Relay relay, SmtpTimeouts timeouts, int most, LongSupplier nanos) {
    this.loop = loop;
    this.relay = relay;
    this.timeouts = timeouts;
    this.most = most;
    this.nanos = nanos;
    this.dialAgainAt = nanos.getAsLong();
  }

  /** From any thread. */
  void post(Letter letter) {
    posted.add(letter);
    if (isCollecting.compareAndSet(false, true)) {
      loop.runOnContext(go -> collect());
    }
  }

  /** Says goodbye on each connection as soon as nothing is under way on it. */
  void close() {
    loop.runOnContext(go -> {
      isClosed = true;
      fail(Loss.STOPPED.outcome(Phase.HELLO));
      List.copyOf(connections).forEach(SmtpConnection::leave);
    });
  }

  /** Cuts what does not answer, lets go of what rests for long. On the event loop, now and then. */
  void check() {
    long patience = timeouts.reply().toNanos();
    List.copyOf(connections).forEach(connection -> connection.check(patience));
    long now = nanos();
    long longest = timeouts.queue().toNanos();
    for (Iterator<Letter> letters = waiting.iterator(); letters.hasNext(); ) {
      Letter letter = letters.next();
      if (now - letter.since() > longest) {
        letters.remove();
        letter.end(new Deferred(Reason.LIMIT, "every connection is busy", null));
      }
    }
    pump();
  }

  long nanos() {
    return nanos.getAsLong();
  }

  @Override
  public @Nullable Letter next() {
    return waiting.poll();
  }

  @Override
  public void giveBack(Letter letter) {
    if (isClosed) {
      letter.end(Loss.STOPPED.outcome(Phase.HELLO));
    } else {
      waiting.addFirst(letter);
    }
  }

  private void collect() {
    isCollecting.set(false);
    for (Letter letter = posted.poll(); letter != null; letter = posted.poll()) {
      waiting.add(letter);
    }
    if (isClosed) {
      fail(Loss.STOPPED.outcome(Phase.HELLO));
    }
    pump();
  }

  /** Gives work to connections that rest, and opens more for what is still waiting. */
  void pump() {
    if (waiting.isEmpty()) {
      return;
    }
    for (SmtpConnection connection : List.copyOf(connections)) {
      if (connection.isResting() && connection.isSpent()) {
        connection.leave();
      } else if (connection.isResting()) {
        connection.work();
      }
    }
    while (!isClosed
        && opening() < waiting.size()
        && connections.size() + dialing < most
        && dialAgainAt - nanos() <= 0) {
      dial();
    }
  }

  private int opening() {
    int opening = dialing;
    for (SmtpConnection connection : connections) {
      if (connection.isOpening()) {
        opening++;
      }
    }
    return opening;
  }

  private void dial() {
    dialing++;
    relay
        .credentials()
        .onFailure(unreadable -> {
          dialing--;
          refused(new Deferred(Reason.OPERATOR, "smtp.token.path cannot be read", null));
        })
        .onSuccess(this::connect);
  }

  private void connect(Optional<Credentials> credentials) {
    relay
        .connect()
        .onFailure(failure -> {
          dialing--;
          refused(Loss.of(failure).outcome(Phase.HELLO));
        })
        .onSuccess(socket -> {
          dialing--;
          var connection =
              new SmtpConnection(socket, relay, relay.terms(credentials, socket), this);
          connections.add(connection);
          connection.start();
          if (isClosed) {
            connection.leave();
          }
        });
  }

  void opened() {
    relay.watch().available();
    dialAgainAt = nanos();
  }

  /**
   * No connection, for now.
   *
   * @param outcome of all that wait, if there is no other connection either
   */
  void refused(Deferred outcome) {
    if (!connections.isEmpty()) {
      dialAgainAt = nanos() + PAUSE.toNanos();
    } else if (dialing == 0) {
      dialAgainAt = nanos();
      if (!isClosed) {
        relay.watch().unavailable(outcome);
      }
      fail(outcome);
    }
  }

  void closed(SmtpConnection connection) {
    connections.remove(connection);
  }

  private void fail(Outcome outcome) {
    for (Letter letter = next(); letter != null; letter = next()) {
      letter.end(outcome);
    }
  }
}
