package tocsin.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo has done so far, for its page to show; written by one thread, read by any. */
public final class Chronicle {
  private final List<Played> played = new ArrayList<>();
  private final Map<String, DemoSubscriber> byAddress = new HashMap<>();
  private @Nullable DemoWorld world;
  private @Nullable Verdict verdict;

  synchronized void begin(DemoWorld world) {
    this.world = world;
    world.everybody().forEach(somebody -> byAddress.put(somebody.address(), somebody));
  }

  synchronized void played(Played update) {
    played.add(update);
  }

  synchronized void end(Verdict verdict) {
    this.verdict = verdict;
  }

  /** Null until the demo has begun. */
  synchronized @Nullable DemoWorld world() {
    return world;
  }

  /** In order of their sequence. */
  synchronized List<Played> played() {
    return List.copyOf(played);
  }

  /** Null until the demo has ended. */
  synchronized @Nullable Verdict verdict() {
    return verdict;
  }

  /** Null for an address of nobody. */
  synchronized @Nullable DemoSubscriber at(String address) {
    return byAddress.get(address);
  }
}
