package tocsin.channel.sms;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

/**
 * Where texts do not go at present.
 *
 * @param countries that Twilio refuses, whoever sends
 * @param unregistered where carriers drop what Twilio takes from us
 * @param routes from a sender to a country
 */
public record Closures(
    ClosedCountries countries, ClosedCountries unregistered, ClosedRoutes routes) {
  /** Another sender is chosen when it is tried again. */
  private static final Duration BY_ANOTHER = Duration.ofSeconds(1);

  public static Closures none(InstantSource clock) {
    return new Closures(
        new ClosedCountries(clock), new ClosedCountries(clock), new ClosedRoutes(clock));
  }

  /** Empty where it may go. */
  Optional<Outcome> held(Message.Sms message, List<String> senders) {
    return countries
        .wait(message.to())
        .or(() -> unregistered.wait(message.to()))
        .<Outcome>map(wait -> deferred("the country is closed", wait))
        .or(() ->
            routes
                .wait(message.sender(), message.to())
                .map(wait -> deferred("no route", pause(message, senders, wait))));
  }

  Outcome refused(Message.Sms message, List<String> senders, String detail) {
    if (!TwilioCodes.isOfPair(detail)) {
      return deferred(detail, countries.refused(message.to(), detail));
    }
    routes.refused(message.sender(), message.to(), detail);
    return deferred(detail, pause(message, senders, Closed.PAUSE));
  }

  void taken(Message.Sms message) {
    countries.taken(message.to());
    routes.taken(message.sender(), message.to());
  }

  private Duration pause(Message.Sms message, List<String> senders, Duration own) {
    return senders.stream().allMatch(sender -> isClosed(sender, message)) ? own : BY_ANOTHER;
  }

  private boolean isClosed(String sender, Message.Sms message) {
    return sender.equals(message.sender()) || routes.isClosed(sender, message.to());
  }

  private static Outcome deferred(String detail, Duration after) {
    return new Outcome.Deferred(Reason.ROUTE, detail, after);
  }
}
