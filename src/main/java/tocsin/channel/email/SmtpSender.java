package tocsin.channel.email;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.config.Settings;

/**
 * Sends mails through one mail server, over a bounded number of connections that are used again.
 */
public final class SmtpSender implements Sender<Message.Email> {
  /**
   * Mails at a time that keep one connection busy: while one is on its way the envelope of the next
   * goes with it, and more wait to be next.
   */
  public static final int MAILS_PER_CONNECTION = 4;

  private static final long CHECK_MILLIS = 250;

  private final Relay relay;
  private final List<SmtpPool> pools = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final LongSupplier nanos;
  private final Runnable stopChecks;

  /**
   * Not to be called from an event loop.
   *
   * @param smtp with a host
   * @param name ours, in EHLO
   */
  public SmtpSender(Vertx vertx, Settings.Smtp smtp, String name) {
    this(vertx, smtp, name, SmtpTimeouts.USUAL, System::nanoTime);
  }

  SmtpSender(
      Vertx vertx, Settings.Smtp smtp, String name, SmtpTimeouts timeouts, LongSupplier nanos) {
    this.nanos = nanos;
    this.relay = new Relay(vertx, smtp, name, timeouts, nanos);
    List<Context> loops = loops(vertx, smtp.connections());
    for (int i = 0; i < loops.size(); i++) {
      int share = (smtp.connections() + i) / loops.size();
      pools.add(new SmtpPool(loops.get(i), relay, timeouts, share, nanos));
    }
    List<Long> timers = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      SmtpPool pool = pools.get(i);
      Context loop = loops.get(i);
      timers.add(vertx.setPeriodic(CHECK_MILLIS, id -> loop.runOnContext(go -> pool.check())));
    }
    this.stopChecks = () -> timers.forEach(vertx::cancelTimer);
  }

  /** One writes faster than most mail servers read; half of the cores are left to the rest. */
  private static List<Context> loops(Vertx vertx, int connections) {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, connections);
    List<Context> loops = new CopyOnWriteArrayList<>();
    vertx
        .deployVerticle(
            () ->
                context -> {
                  loops.add(context);
                  return Future.succeededFuture();
                },
            new DeploymentOptions().setInstances(count))
        .await();
    return loops;
  }

  @Override
  public Future<Outcome> send(Message.Email mail) {
    if (!Envelope.isAddressable(mail)) {
      return Future.succeededFuture(new Rejected(Reason.ADDRESS, "no address of a mailbox"));
    }
    Letter letter = new Letter(mail, nanos.getAsLong());
    pools.get(Math.floorMod(turn.getAndIncrement(), pools.size())).post(letter);
    return letter.outcome();
  }

  @Override
  public void close() {
    stopChecks.run();
    pools.forEach(SmtpPool::close);
    relay.close();
  }
}
