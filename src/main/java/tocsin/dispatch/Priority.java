package tocsin.dispatch;

import tocsin.audience.CustomerPriority;
import tocsin.incident.Impact;

/**
 * Which messages go first: those of the harder impact, and among these those of the customers with
 * the higher priority. Pure.
 */
final class Priority {
  /** So many classes there are: every impact times every customer priority. */
  static final int CLASSES = 12;

  private Priority() {}

  /** 0 goes first. */
  static int of(Impact impact, CustomerPriority customer) {
    int byImpact =
        switch (impact) {
          case CRITICAL -> 0;
          case MAJOR -> 3;
          case MINOR -> 6;
          case NONE -> 9;
        };
    int byCustomer =
        switch (customer) {
          case HIGH -> 0;
          case NORMAL -> 1;
          case LOW -> 2;
        };
    return byImpact + byCustomer;
  }
}
