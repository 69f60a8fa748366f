package tocsin.channel.sms;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Countries that Twilio, or the carriers behind it, do not send to for us. Thread-safe. */
public final class ClosedCountries {
  private static final Logger log = LoggerFactory.getLogger(ClosedCountries.class);

  private final Closed<Country> closed;

  public ClosedCountries(InstantSource clock) {
    this.closed = new Closed<>(clock);
  }

  /** How long to wait with this number; empty where it may go, perhaps as the one that asks. */
  public Optional<Duration> wait(String number) {
    return closed.isEmpty() ? Optional.empty() : closed.wait(Country.of(number));
  }

  /** Closes the country of the number. */
  public Duration refused(String number, String detail) {
    Country country = Country.of(number);
    if (closed.close(country)) {
      log.warn("sms.country_closed country={} detail=\"{}\"", country.letters(), detail);
    }
    return Closed.PAUSE;
  }

  /** Opens the country of the number. */
  public void taken(String number) {
    if (!closed.isEmpty()) {
      Country country = Country.of(number);
      if (closed.open(country)) {
        log.info("sms.country_opened country={}", country.letters());
      }
    }
  }
}
