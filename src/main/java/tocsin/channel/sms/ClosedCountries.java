package tocsin.channel.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Countries that Twilio, or the carriers behind it, do not send to for us, until an operator mends
 * it there: while one is closed, one message in five minutes asks whether it still is. Thread-safe.
 */
public final class ClosedCountries {
  private static final Logger log = LoggerFactory.getLogger(ClosedCountries.class);
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Map<String, Instant> nextProbe = new ConcurrentHashMap<>();

  public ClosedCountries(InstantSource clock) {
    this.clock = clock;
  }

  /** How long to wait with this number; empty where it may go, perhaps as the one that asks. */
  public Optional<Duration> wait(String number) {
    if (nextProbe.isEmpty()) {
      return Optional.empty();
    }
    String country = country(number);
    Instant probe = nextProbe.get(country);
    Instant now = clock.instant();
    if (probe == null
        || (!now.isBefore(probe) && nextProbe.replace(country, probe, now.plus(PAUSE)))) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, probe);
    return Optional.of(left.isNegative() || left.isZero() ? PAUSE : left);
  }

  /** Closes the country of the number. */
  public Duration refused(String number, String detail) {
    String country = country(number);
    if (nextProbe.put(country, clock.instant().plus(PAUSE)) == null) {
      log.warn("sms.country_closed country={} detail=\"{}\"", country, detail);
    }
    return PAUSE;
  }

  /** Opens the country of the number. */
  public void taken(String number) {
    if (!nextProbe.isEmpty()) {
      String country = country(number);
      if (nextProbe.remove(country) != null) {
        log.info("sms.country_opened country={}", country);
      }
    }
  }

  /** The country's two letters; {@code ZZ} for numbers of none. */
  private static String country(String number) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      String region = numbers.getRegionCodeForNumber(numbers.parse(number, null));
      return region == null ? "ZZ" : region;
    } catch (NumberParseException unknown) {
      return "ZZ";
    }
  }
}
