package tocsin.selfservice;

import java.time.Duration;
import java.util.Set;

/**
 * How many opt-ins are taken, and from whom.
 *
 * @param perHour from everybody together
 * @param lifetime how long one can be confirmed
 * @param countries whose numbers may be signed up by themselves, ISO 3166-1 alpha-2; empty: all
 */
public record OptInRules(int perHour, Duration lifetime, Set<String> countries) {
  static final int PER_HOUR_AND_VISITOR = 10;

  public OptInRules {
    countries = Set.copyOf(countries);
  }
}
