package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is written instead of sending it. */
final class FakeWire implements Wire {
  private final List<String> writes = new ArrayList<>();
  private boolean isCongested;
  private boolean isSecuring;
  private boolean isClosed;

  /** Each as it was written, octets as characters. */
  List<String> writes() {
    return writes;
  }

  /** What was written since the last call. */
  String drained() {
    String all = String.join("", writes);
    writes.clear();
    return all;
  }

  FakeWire congested() {
    isCongested = true;
    return this;
  }

  boolean isSecuring() {
    return isSecuring;
  }

  boolean isClosed() {
    return isClosed;
  }

  @Override
  public void write(Buffer octets) {
    writes.add(octets.toString(StandardCharsets.ISO_8859_1));
  }

  @Override
  public boolean isCongested() {
    return isCongested;
  }

  @Override
  public boolean hasTakenAll() {
    return !isCongested;
  }

  @Override
  public void secure() {
    isSecuring = true;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
