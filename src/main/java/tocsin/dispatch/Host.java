package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Reason;

/**
 * What a lane has learnt of one host, or of its one provider: how many sends it takes at a time,
 * and whether it is down. The window opens by one with each success and halves with each failure,
 * so that a host that hangs holds up few others. Guarded by its desk.
 */
final class Host {
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  private final HostRules rules;
  private final Circuit circuit;
  private final Queue<Line> waiting = new ArrayDeque<>();
  private final Throughput throughput;
  private int window;
  private int busy;

  Host(HostRules rules, long now) {
    this.rules = rules;
    this.circuit = new Circuit(rules.failures());
    this.throughput = new Throughput(now);
    this.window = rules.first();
  }

  /** Whether one more send may begin, for all that the host itself has to do with it. */
  boolean hasRoom(long now) {
    return circuit.isOpen() ? busy == 0 && circuit.probeAt() - now <= 0 : busy < window;
  }

  boolean isDown() {
    return circuit.isOpen();
  }

  /** When to ask again while it is down and nothing is under way; else a send's end tells. */
  long probeAt() {
    return circuit.probeAt();
  }

  boolean isBusy() {
    return busy > 0;
  }

  void begin() {
    busy++;
  }

  /**
   * @param reason why the send failed; null if it did not
   */
  void end(boolean probe, @Nullable Reason reason, long now) {
    busy--;
    throughput.count(now);
    if (reason == Reason.OPERATOR) {
      circuit.trip(now, REFUSAL);
    } else if (reason == null || !rules.speaksOfHost(reason)) {
      circuit.succeeded();
      window = Math.min(rules.most(), window + 1);
    } else {
      window = Math.max(rules.least(), window / 2);
      if (probe) {
        circuit.probeFailed(now);
      } else {
        circuit.failed(now);
      }
    }
  }

  /** How many of those that wait for it will go within that time, if it goes on as it does. */
  int goingIn(Duration time, long now) {
    int lined = waiting.stream().mapToInt(Line::size).sum();
    return (int) Math.min(lined, throughput.in(time, now));
  }

  /** Lines that go on when a send ends. */
  Queue<Line> waiting() {
    return waiting;
  }
}
