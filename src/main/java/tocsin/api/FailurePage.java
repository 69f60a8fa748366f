package tocsin.api;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a person what went wrong, where a program would get a problem. */
@FunctionalInterface
public interface FailurePage {

  /**
   * Ends the response; headers that say more than the page are there already.
   *
   * @param id under which it is in the log; null where it is not our fault
   */
  void show(RoutingContext context, int status, @Nullable String id);

  /** From here on, failures of this request are shown by it. */
  static void offer(RoutingContext context, FailurePage page) {
    context.put(FailurePage.class.getName(), page);
  }

  /** Empty where nobody looks at pages. */
  static Optional<FailurePage> offered(RoutingContext context) {
    return Optional.ofNullable(context.get(FailurePage.class.getName()));
  }
}
