package tocsin.render;

import tocsin.incident.Impact;
import tocsin.incident.Kind;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** Our states in the words of Statuspage. */
final class StatuspageWords {
  static final String OPERATIONAL = "operational";

  private StatuspageWords() {}

  /** Of a component that the update affects. */
  static String component(Update update) {
    if (isQuiet(update)) {
      return OPERATIONAL;
    }
    if (update.status().kind() == Kind.MAINTENANCE) {
      return "under_maintenance";
    }
    return switch (update.impact()) {
      case NONE -> OPERATIONAL;
      case MINOR -> "degraded_performance";
      case MAJOR -> "partial_outage";
      case CRITICAL -> "major_outage";
    };
  }

  /**
   * Of an incident.
   *
   * @param worst of all its updates
   */
  static String impact(Kind kind, Impact worst) {
    return kind == Kind.MAINTENANCE ? "maintenance" : worst.word();
  }

  /** Of the page, as if nothing else went on. */
  static String indicator(Update update) {
    return isQuiet(update) ? Impact.NONE.word() : impact(update.status().kind(), update.impact());
  }

  static String description(String indicator) {
    return switch (indicator) {
      case "none" -> "All Systems Operational";
      case "minor" -> "Minor Service Outage";
      case "major" -> "Partial System Outage";
      case "critical" -> "Major Service Outage";
      default -> "Service Under Maintenance";
    };
  }

  private static boolean isQuiet(Update update) {
    return update.status().closes() || update.status() == Status.SCHEDULED;
  }
}
