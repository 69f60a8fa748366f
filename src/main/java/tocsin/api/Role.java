package tocsin.api;

import java.util.Locale;
import java.util.Optional;

/** What the holder of a key may do; each role may do all that the ones before it may. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Also publishes incidents and updates. */
  PUBLISHER,
  /** Does everything. */
  ADMIN;

  /** The word in JSON and SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
