package tocsin.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses, of all that arrived, a few messages worth looking at. */
final class Showcase {
  private static final int MOST = 10;

  private Showcase() {}

  /** Everything of the chosen update and channel whose content was kept. */
  static List<Arrival> told(List<Arrival> arrivals, Choice choice) {
    return arrivals.stream()
        .filter(arrival -> arrival.channel() == choice.channel())
        .filter(arrival -> arrival.sequence() == choice.sequence())
        .filter(arrival -> arrival.content() != null)
        .toList();
  }

  /** The chosen one, else the first of the sample, else none. */
  static @Nullable Arrival shown(List<Arrival> told, Choice choice, Chronicle chronicle) {
    return told.stream()
        .filter(arrival -> arrival.number() == choice.number())
        .findFirst()
        .or(() -> sample(told, null, chronicle).stream().findFirst())
        .orElse(null);
  }

  /** As different as they come in language and time zone, and always the one that is shown. */
  static List<Arrival> sample(List<Arrival> told, @Nullable Arrival shown, Chronicle chronicle) {
    List<Arrival> sample = new ArrayList<>();
    Set<String> notes = new HashSet<>();
    for (Arrival arrival : told) {
      if (sample.size() < MOST && notes.add(note(arrival, chronicle))) {
        sample.add(arrival);
      }
    }
    if (shown != null && !sample.contains(shown)) {
      sample.add(shown);
    }
    return sample;
  }

  static String name(Arrival arrival, Chronicle chronicle) {
    DemoSubscriber subscriber = chronicle.at(arrival.address());
    return subscriber == null ? arrival.address() : subscriber.customer().name();
  }

  /** Language and city. */
  static String note(Arrival arrival, Chronicle chronicle) {
    DemoSubscriber subscriber = chronicle.at(arrival.address());
    if (subscriber == null) {
      return "unknown";
    }
    String zone = subscriber.timeZone();
    return subscriber.locale() + ", " + zone.substring(zone.indexOf('/') + 1).replace('_', ' ');
  }
}
