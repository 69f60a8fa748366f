package tocsin.demo;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tocsin.demo.Difference.Kind;

/** Holds what arrived against what was expected. */
final class Comparison {
  private final Expectation expectation;
  private final Map<String, DemoSubscriber> byAddress;
  private final Map<String, DemoSubscriber> byName;
  private final List<Difference> differences = new ArrayList<>();
  private final Set<Notice> seen = new HashSet<>();
  private final Set<String> ids = new HashSet<>();

  private Comparison(Expectation expectation, List<DemoSubscriber> everybody) {
    this.expectation = expectation;
    this.byAddress = everybody.stream().collect(toMap(DemoSubscriber::address, identity()));
    this.byName = everybody.stream().collect(toMap(DemoSubscriber::name, identity()));
  }

  /**
   * @param everybody whoever was a subscriber at some time
   */
  static List<Difference> of(
      Expectation expectation, List<DemoSubscriber> everybody, List<Arrival> arrivals) {
    Comparison comparison = new Comparison(expectation, everybody);
    arrivals.forEach(comparison::check);
    comparison.missing();
    return List.copyOf(comparison.differences);
  }

  private void check(Arrival arrival) {
    DemoSubscriber subscriber = byAddress.get(arrival.address());
    Telling telling = arrival.telling();
    if (!arrival.verified()) {
      differ(Kind.UNVERIFIED, arrival, subscriber == null ? "nobody" : subscriber.name());
      return;
    }
    if (!ids.add(arrival.channel() + " " + arrival.id())) {
      differ(Kind.REPEATED_ID, arrival, arrival.id());
    }
    if (subscriber == null || telling == null) {
      differ(Kind.UNEXPECTED, arrival, subscriber == null ? "nobody" : subscriber.name());
      return;
    }
    Notice notice = new Notice(subscriber.name(), telling.sequence());
    if (!expectation.allows(notice)) {
      differ(Kind.UNEXPECTED, arrival, subscriber.name());
    } else if (!seen.add(notice)) {
      differ(Kind.DUPLICATE, arrival, subscriber.name());
    } else if (!expectation.language(notice).equals(telling.language())) {
      differ(Kind.LANGUAGE, arrival, subscriber.name());
    }
  }

  private void missing() {
    for (Notice notice : expectation.required()) {
      DemoSubscriber subscriber = byName.get(notice.subscriber());
      if (subscriber != null && !seen.contains(notice)) {
        differences.add(
            new Difference(
                Kind.MISSING, notice.sequence(), subscriber.channel(), subscriber.name()));
      }
    }
  }

  private void differ(Kind kind, Arrival arrival, String subject) {
    differences.add(new Difference(kind, arrival.sequence(), arrival.channel(), subject));
  }
}
