package tocsin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says now and then how much of a long stream has gone through. */
final class ProgressStream extends FilterInputStream {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final double MEGABYTE = 1_000_000;

  private final PrintStream progress;
  private final InstantSource clock;
  private Instant next;
  private long passed;

  ProgressStream(InputStream in, PrintStream progress, InstantSource clock) {
    super(in);
    this.progress = progress;
    this.clock = clock;
    this.next = clock.instant().plus(PAUSE);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    pass(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    pass(Math.max(read, 0));
    return read;
  }

  private void pass(int bytes) {
    passed += bytes;
    Instant now = clock.instant();
    if (now.isAfter(next)) {
      next = now.plus(PAUSE);
      progress.printf("%.1f MB...%n", passed / MEGABYTE);
    }
  }
}
