package tocsin.incident;

import java.util.Locale;

/** What an incident is: a disruption, or a planned maintenance. */
public enum Kind {
  INCIDENT,
  MAINTENANCE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
