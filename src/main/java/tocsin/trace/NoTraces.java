package tocsin.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows nothing. */
final class NoTraces implements Traces {
  private static final Request NOBODY =
      new Request() {
        @Override
        public @Nullable String traceparent() {
          return null;
        }

        @Override
        public void ended(Map<String, String> attributes, @Nullable Throwable failure) {}
      };

  @Override
  public Request request(String operation, @Nullable String traceparent) {
    return NOBODY;
  }

  @Override
  public boolean samples(int audience, int subscriber) {
    return false;
  }

  @Override
  public long now() {
    return 0;
  }

  @Override
  public void step(UpdateKey update, String name, long begun, Map<String, String> attributes) {}

  @Override
  public void exemplary(UpdateKey update, Runnable recording) {
    recording.run();
  }

  @Override
  public void close() {}
}
