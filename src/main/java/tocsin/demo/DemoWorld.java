package tocsin.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tocsin.audience.Customer;

/**
 * A customer base with its catalogue, and what some of it does while the incident goes on.
 *
 * @param components names by id
 * @param regions names by id
 * @param segments in the order of the regions
 * @param customers each with exactly one region
 * @param subscribers who is there before the incident
 * @param moves by the sequence of the update that they come before, or in the midst of
 */
record DemoWorld(
    Map<String, String> components,
    Map<String, String> regions,
    List<String> segments,
    List<Customer> customers,
    List<DemoSubscriber> subscribers,
    Map<Integer, List<Move>> moves) {

  DemoWorld {
    components = Map.copyOf(components);
    regions = Map.copyOf(regions);
    segments = List.copyOf(segments);
    customers = List.copyOf(customers);
    subscribers = List.copyOf(subscribers);
    moves = Map.copyOf(moves);
  }

  List<Move> moves(int sequence) {
    return moves.getOrDefault(sequence, List.of());
  }

  /** Whoever is a subscriber at some time. */
  List<DemoSubscriber> everybody() {
    Stream<DemoSubscriber> later =
        moves.values().stream()
            .flatMap(List::stream)
            .filter(Move.Join.class::isInstance)
            .map(Move::subscriber);
    return Stream.concat(subscribers.stream(), later).toList();
  }
}
