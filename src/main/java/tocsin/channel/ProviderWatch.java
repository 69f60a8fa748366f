package tocsin.channel;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;

/**
 * Tells operators that a channel's provider takes nothing from us, from the first time on and then
 * once a minute, and that it does again. Thread-safe.
 */
public final class ProviderWatch {
  private static final Logger log = LoggerFactory.getLogger(ProviderWatch.class);
  private static final long EVERY = Duration.ofMinutes(1).toNanos();

  private final Channel channel;
  private final String address;
  private final LongSupplier nanos;
  private boolean isTold;
  private long toldAt;

  /**
   * @param address host and port
   * @param nanos a clock that only goes forward
   */
  public ProviderWatch(Channel channel, String address, LongSupplier nanos) {
    this.channel = channel;
    this.address = address;
    this.nanos = nanos;
    this.toldAt = nanos.getAsLong() - EVERY;
  }

  /**
   * @param why in words that hold no recipient
   */
  public synchronized void unavailable(Outcome.Deferred why) {
    long now = nanos.getAsLong();
    if (now - toldAt >= EVERY) {
      isTold = true;
      toldAt = now;
      log.warn(
          "provider.unavailable channel={} address={} reason={} detail=\"{}\"",
          channel.word(),
          address,
          why.reason().word(),
          why.detail());
    }
  }

  public synchronized void available() {
    if (isTold) {
      isTold = false;
      log.info("provider.available channel={} address={}", channel.word(), address);
    }
  }
}
