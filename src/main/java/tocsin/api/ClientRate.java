package tocsin.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/**
 * Passes so many requests of one client in a minute, on this node, and refuses the rest. Neighbours
 * within an IPv6 /64 are one client.
 */
public final class ClientRate implements Handler<RoutingContext> {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_CLIENTS = 100_000;
  private static final int NETWORK_GROUPS = 4;

  private record Window(Instant start, int requests) {}

  private final ClientAddress addresses;
  private final int most;
  private final InstantSource clock;
  private final Cache<String, Window> windows =
      Caffeine.newBuilder().maximumSize(MOST_CLIENTS).expireAfterWrite(MINUTE).build();

  /**
   * @param most in a minute
   */
  public ClientRate(ClientAddress addresses, int most, InstantSource clock) {
    this.addresses = addresses;
    this.most = most;
    this.clock = clock;
  }

  @Override
  public void handle(RoutingContext context) {
    Duration wait = ask(addresses.of(context.request()), clock.instant());
    if (wait.isZero()) {
      context.next();
    } else {
      context.fail(
          new Refusal(
              ProblemType.TOO_MANY_REQUESTS,
              "at most " + most + " requests a minute",
              Map.of(HttpHeaders.RETRY_AFTER.toString(), Long.toString(wait.toSeconds() + 1))));
    }
  }

  /** How long to wait; zero: it is counted, and may go. */
  Duration ask(String client, Instant now) {
    Window window =
        windows
            .asMap()
            .merge(
                network(client),
                new Window(now, 1),
                (old, fresh) ->
                    old.start().plus(MINUTE).isAfter(now)
                        ? new Window(old.start(), Math.min(old.requests(), most) + 1)
                        : fresh);
    return window.requests() <= most
        ? Duration.ZERO
        : Duration.between(now, window.start().plus(MINUTE));
  }

  /** How long to wait; zero: it may go. Counts nothing. */
  Duration wait(String client, Instant now) {
    Window window = windows.getIfPresent(network(client));
    if (window == null || window.requests() < most) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, window.start().plus(MINUTE));
    return left.isPositive() ? left : Duration.ZERO;
  }

  private static String network(String client) {
    String[] groups = client.split(":", -1);
    return groups.length <= NETWORK_GROUPS
        ? client
        : String.join(":", Arrays.copyOf(groups, NETWORK_GROUPS));
  }
}
