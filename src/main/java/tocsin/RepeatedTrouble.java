package tocsin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets a warning with a stack trace through once in ten seconds: what is tried again each second
 * while a database is away would fill the log with one sentence.
 */
public final class RepeatedTrouble extends TurboFilter {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int MOST = 1_000;

  private record Trouble(String logger, String message) {}

  private final Cache<Trouble, Trouble> told;

  public RepeatedTrouble() {
    this(Ticker.systemTicker());
  }

  RepeatedTrouble(Ticker ticker) {
    told = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(EVERY).ticker(ticker).build();
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String message,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (level != Level.WARN || message == null || !(thrown != null || endsInOne(arguments))) {
      return FilterReply.NEUTRAL;
    }
    Trouble trouble = new Trouble(logger.getName(), message);
    return told.asMap().putIfAbsent(trouble, trouble) == null
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }

  private static boolean endsInOne(@Nullable Object @Nullable [] arguments) {
    return arguments != null
        && arguments.length > 0
        && arguments[arguments.length - 1] instanceof Throwable;
  }
}
