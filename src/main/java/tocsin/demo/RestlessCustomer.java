package tocsin.demo;

import static tocsin.audience.Channel.EMAIL;
import static tocsin.audience.Channel.SMS;
import static tocsin.audience.Channel.WEBHOOK;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tocsin.audience.Channel;
import tocsin.audience.Customer;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;

/**
 * A customer in the middle of the affected clusters whose people come, go and change their minds
 * while the incident lasts.
 *
 * @param present who is there before the incident
 * @param moves by the sequence of the update that they come before, or in the midst of
 */
record RestlessCustomer(
    Customer customer, List<DemoSubscriber> present, Map<Integer, List<Move>> moves) {
  private static final Customer CUSTOMER =
      new Customer(
          "lighthouse-credit-union",
          "Lighthouse Credit Union",
          Set.of("north-america"),
          Set.of("na-2"));
  private static final List<Subscription> ALL = List.of(Subscription.ALL);
  private static final List<Subscription> REPORTING =
      List.of(new Subscription(Set.of("reporting"), null, null, Impact.NONE));
  private static final List<Subscription> CRITICAL =
      List.of(new Subscription(null, null, null, Impact.CRITICAL));

  RestlessCustomer {
    present = List.copyOf(present);
    moves = Map.copyOf(moves);
  }

  static RestlessCustomer of(Population population) {
    Script script = new Script(population, new ArrayList<>(), new HashMap<>());
    script.present(ALL, 3, List.of(EMAIL, SMS, WEBHOOK), who -> new Move.Prefer(who, REPORTING));
    script.present(REPORTING, 4, List.of(EMAIL, SMS), who -> new Move.Prefer(who, ALL));
    script.present(ALL, 5, List.of(EMAIL, SMS, WEBHOOK), Move.Leave::new);
    script.present(ALL, 6, List.of(EMAIL, EMAIL), Move.Unsubscribe::new);
    script.later(ALL, 5, List.of(EMAIL, SMS, WEBHOOK));
    script.later(CRITICAL, 5, List.of(SMS));
    script.later(ALL, 5, List.of(EMAIL, EMAIL, EMAIL)).stream()
        .map(Move.LeaveMidway::new)
        .forEach(move -> script.at(6, move));
    return new RestlessCustomer(CUSTOMER, script.present(), script.moves());
  }

  /** What is written so far. */
  private record Script(
      Population population, List<DemoSubscriber> present, Map<Integer, List<Move>> moves) {

    void present(
        List<Subscription> wishes,
        int sequence,
        List<Channel> channels,
        Function<DemoSubscriber, Move> move) {
      for (DemoSubscriber subscriber : born(wishes, channels)) {
        present.add(subscriber);
        at(sequence, move.apply(subscriber));
      }
    }

    List<DemoSubscriber> later(List<Subscription> wishes, int sequence, List<Channel> channels) {
      List<DemoSubscriber> joining = born(wishes, channels);
      joining.forEach(subscriber -> at(sequence, new Move.Join(subscriber)));
      return joining;
    }

    void at(int sequence, Move move) {
      moves.computeIfAbsent(sequence, none -> new ArrayList<>()).add(move);
    }

    private List<DemoSubscriber> born(List<Subscription> wishes, List<Channel> channels) {
      return channels.stream()
          .map(channel -> population.of(CUSTOMER, HomeRegion.NORTH_AMERICA, channel, "en", wishes))
          .toList();
    }
  }
}
