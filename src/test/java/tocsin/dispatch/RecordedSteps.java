package tocsin.dispatch;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tocsin.trace.Traces;

/** Follows every recipient, and keeps what it saw. */
final class RecordedSteps implements Traces {
  /** The attributes of each. */
  final Queue<Map<String, String>> attributes = new ConcurrentLinkedQueue<>();

  @Override
  public Request request(String operation, @Nullable String traceparent) {
    return OFF.request(operation, traceparent);
  }

  @Override
  public boolean samples(int audience, int subscriber) {
    return true;
  }

  @Override
  public long now() {
    return 0;
  }

  @Override
  public void step(UpdateKey update, String name, long begun, Map<String, String> attributes) {
    this.attributes.add(attributes);
  }

  @Override
  public void exemplary(UpdateKey update, Runnable recording) {
    recording.run();
  }

  @Override
  public void close() {}
}
