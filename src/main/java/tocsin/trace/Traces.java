package tocsin.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows updates: a trace for each, with a span for the request that brought it, one for its plan
 * and one for each attempt to tell a sampled recipient. Never with an address. Nothing here fails,
 * blocks or holds up what it follows; what the collector does not take in time is dropped.
 */
public interface Traces extends AutoCloseable {
  /** Follows nothing, and costs nothing. */
  Traces OFF = new NoTraces();

  /** An update, as callers know it. */
  record UpdateKey(String incident, int sequence) {}

  /** A request that brings an update, as long as it is under way. */
  interface Request {
    /** Kept with the update, so that every node continues its trace; null: it is not followed. */
    @Nullable String traceparent();

    /**
     * Call once.
     *
     * @param failure null: the update is accepted
     */
    void ended(Map<String, String> attributes, @Nullable Throwable failure);
  }

  /**
   * @param operation of the API
   * @param traceparent of the caller (W3C Trace Context), whose trace is continued; null: none
   */
  Request request(String operation, @Nullable String traceparent);

  /**
   * Whether this delivery is one of those that are followed: on every node and attempt the same.
   */
  boolean samples(int audience, int subscriber);

  /** Nanoseconds since 1970, for {@link #step}. */
  long now();

  /**
   * Something was done for an update.
   *
   * @param begun by {@link #now}; it ends now
   */
  void step(UpdateKey update, String name, long begun, Map<String, String> attributes);

  /**
   * Records measurements, with the trace of the update as an exemplar of them where there is one.
   */
  void exemplary(UpdateKey update, Runnable recording);

  /** What is not exported yet has two seconds. */
  @Override
  void close();
}
