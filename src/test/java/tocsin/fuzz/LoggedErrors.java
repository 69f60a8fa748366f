package tocsin.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What is logged as an error: no stranger can wake an operator. */
final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  static LoggedErrors listen() {
    LoggedErrors errors = new LoggedErrors();
    errors.start();
    errors.all.addAppender(errors);
    return errors;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      var thrown = event.getThrowableProxy();
      lines.add(
          event.getFormattedMessage().replaceFirst("id=\\S+ ", "")
              + (thrown == null ? "" : " " + thrown.getClassName() + " " + thrown.getMessage()));
    }
  }

  /** Not asked for before. */
  Optional<String> next() {
    return Optional.ofNullable(lines.poll()).map(line -> "the log says " + line);
  }

  @Override
  public void close() {
    all.detachAppender(this);
  }
}
