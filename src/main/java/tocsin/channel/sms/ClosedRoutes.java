package tocsin.channel.sms;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Countries that one sender does not reach, although another may. Thread-safe. */
public final class ClosedRoutes {
  private static final Logger log = LoggerFactory.getLogger(ClosedRoutes.class);

  private final Closed<Route> closed;

  private record Route(String sender, Country country) {
    static Route of(String sender, String number) {
      return new Route(sender, Country.of(number));
    }
  }

  public ClosedRoutes(InstantSource clock) {
    this.closed = new Closed<>(clock);
  }

  /** False also where a message may ask. */
  public boolean isClosed(String sender, String number) {
    return !closed.isEmpty() && closed.contains(Route.of(sender, number));
  }

  /** How long to wait with this pair; empty where it may go, perhaps as the one that asks. */
  Optional<Duration> wait(String sender, String number) {
    return closed.isEmpty() ? Optional.empty() : closed.wait(Route.of(sender, number));
  }

  void refused(String sender, String number, String detail) {
    Route route = Route.of(sender, number);
    if (closed.close(route)) {
      log.warn(
          "sms.route_closed sender={} country={} detail=\"{}\"",
          sender,
          route.country().letters(),
          detail);
    }
  }

  void taken(String sender, String number) {
    if (!closed.isEmpty()) {
      Route route = Route.of(sender, number);
      if (closed.open(route)) {
        log.info("sms.route_opened sender={} country={}", sender, route.country().letters());
      }
    }
  }
}
