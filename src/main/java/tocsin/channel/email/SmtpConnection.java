package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome.Deferred;

/** A socket to the mail server and what is said over it. Belongs to one event loop. */
final class SmtpConnection implements Wire {
  /** Shorter than servers wait for a next mail. */
  private static final long LONGEST_REST = Duration.ofSeconds(20).toNanos();

  private static final long LONGEST_LIFE = Duration.ofMinutes(10).toNanos();

  private final NetSocket socket;
  private final Relay relay;
  private final SmtpPool pool;
  private final ReplyReader reader = new ReplyReader(this::replied);
  private final Opening opening;
  private final long openedAt;
  private Stage stage;
  private @Nullable Transfer transfer;
  private long written;
  private long taken;
  private long lastSign;
  private boolean isUpgrading;
  private boolean isOver;

  SmtpConnection(NetSocket socket, Relay relay, Terms terms, SmtpPool pool) {
    this.socket = socket;
    this.relay = relay;
    this.pool = pool;
    this.opening = new Opening(this, terms, this::opened, this::refused);
    this.stage = opening;
    this.openedAt = pool.nanos();
    this.lastSign = openedAt;
  }

  void start() {
    socket.exceptionHandler(broken -> lost(Loss.CUT));
    socket.closeHandler(closed -> lost(Loss.CUT));
    socket.handler(this::read);
  }

  /** There may be something to send. */
  void work() {
    if (transfer != null) {
      transfer.work();
    }
  }

  boolean isResting() {
    return transfer != null && transfer.isResting();
  }

  boolean isOpening() {
    return transfer == null;
  }

  /** A server may have given up on it by now, or soon will. */
  boolean isSpent() {
    long now = pool.nanos();
    return now - lastSign > LONGEST_REST || now - openedAt > LONGEST_LIFE;
  }

  void leave() {
    if (transfer == null) {
      lost(Loss.STOPPED);
    } else {
      transfer.leave();
    }
  }

  /**
   * @param patience for a reply, in nanoseconds
   */
  void check(long patience) {
    if (stage.isWaiting() && pool.nanos() - lastSign > patience) {
      lost(Loss.SILENCE);
    } else if (isResting() && isSpent()) {
      leave();
    }
  }

  @Override
  public void write(Buffer octets) {
    if (hasTakenAll()) {
      lastSign = pool.nanos();
    }
    written++;
    socket
        .write(octets)
        .onSuccess(done -> {
          taken++;
          lastSign = pool.nanos();
        });
  }

  @Override
  public boolean isCongested() {
    return socket.writeQueueFull();
  }

  @Override
  public boolean hasTakenAll() {
    return taken == written;
  }

  @Override
  public void secure() {
    isUpgrading = true;
    relay
        .secure(socket)
        .onSuccess(secured -> {
          isUpgrading = false;
          opening.secured();
        })
        .onFailure(refused -> lost(Loss.of(refused)));
  }

  @Override
  public void close() {
    lost(Loss.CUT);
  }

  private void read(Buffer octets) {
    lastSign = pool.nanos();
    try {
      reader.read(octets);
      if (isUpgrading && reader.isInReply()) {
        lost(Loss.CUT);
      }
    } catch (ReplyReader.Gibberish gibberish) {
      lost(Loss.of(gibberish));
    }
  }

  /** What follows the answer to STARTTLS in the clear was put there by somebody else. */
  private void replied(Reply reply) {
    if (isUpgrading) {
      lost(Loss.CUT);
    } else if (!isOver) {
      stage.replied(reply);
    }
  }

  private void opened(Extensions offered) {
    Transfer ready = new Transfer(this, pool, offered);
    transfer = ready;
    stage = ready;
    pool.opened();
    ready.work();
  }

  private void refused(Deferred outcome) {
    pool.refused(outcome);
  }

  private void lost(Loss loss) {
    if (!isOver) {
      isOver = true;
      pool.closed(this);
      stage.lost(loss);
      socket.close();
      if (!isOpening()) {
        pool.pump();
      }
    }
  }
}
