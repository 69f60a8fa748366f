package tocsin.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * When mails were handed over, by System.nanoTime(), which on Linux is the same clock in every
 * process. Thread-safe.
 */
final class Times {
  private final LongStream.Builder nanos = LongStream.builder();

  synchronized void add(long at) {
    nanos.add(at);
  }

  /** Nothing can be added any more. */
  synchronized void write(Path file) throws IOException {
    long[] all = nanos.build().toArray();
    ByteBuffer bytes = ByteBuffer.allocate(all.length * Long.BYTES);
    bytes.asLongBuffer().put(all);
    Files.write(file, bytes.array());
  }

  /** Of all the files together, ascending. */
  static long[] read(List<Path> files) throws IOException {
    LongStream all = LongStream.empty();
    for (Path file : files) {
      long[] part = new long[(int) (Files.size(file) / Long.BYTES)];
      ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer().get(part);
      all = LongStream.concat(all, Arrays.stream(part));
    }
    return all.sorted().toArray();
  }
}
