package tocsin.api;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/**
 * Ids for incidents that come without one: the day and six random characters, {@code
 * 2026-01-15-k3x9wq}, without vowels, so without words.
 */
final class IncidentIds {
  private static final String ALPHABET = "bcdfghjkmnpqrstvwxz23456789";
  private static final int RANDOM_CHARACTERS = 6;

  private final InstantSource clock;
  private final RandomGenerator random;

  IncidentIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  String next() {
    StringBuilder id = new StringBuilder();
    id.append(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).append('-');
    for (int i = 0; i < RANDOM_CHARACTERS; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
