package tocsin.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Customer;

/** Makes a believable customer base; the same from the same randomness. */
final class WorldGenerator {
  private static final int SUBSCRIBERS = 3_600;
  private static final Map<String, String> COMPONENTS =
      Map.of(
          "web", "Web",
          "public-api", "Public API",
          "mobile", "Mobile app",
          "reporting", "Reporting",
          "integrations", "Integrations",
          "file-storage", "File storage",
          "single-sign-on", "Single sign-on");

  private final Dice dice;
  private final Population population;

  private WorldGenerator(RandomGenerator random, URI hooks) {
    this.dice = new Dice(random);
    this.population = new Population(dice, COMPONENTS.keySet().stream().sorted().toList(), hooks);
  }

  /**
   * @param hooks where the endpoints of all customers are
   */
  static DemoWorld generate(RandomGenerator random, URI hooks) {
    return new WorldGenerator(random, hooks).world();
  }

  private DemoWorld world() {
    List<Customer> customers = new ArrayList<>();
    List<DemoSubscriber> subscribers = new ArrayList<>();
    for (String name : dice.shuffled(organisations())) {
      if (subscribers.size() >= SUBSCRIBERS) {
        break;
      }
      HomeRegion home = HomeRegion.of(dice.hundredth());
      Customer customer =
          new Customer(slug(name), name, Set.of(home.id()), segments(home.segments()));
      customers.add(customer);
      for (int i = dice.between(4, 14); i > 0; i--) {
        subscribers.add(population.of(customer, home));
      }
    }
    RestlessCustomer restless = RestlessCustomer.of(population);
    customers.add(restless.customer());
    subscribers.addAll(restless.present());
    return new DemoWorld(
        COMPONENTS, regions(), segments(), customers, subscribers, restless.moves());
  }

  /** One cluster, or two, or wherever there is room. */
  private @Nullable Set<String> segments(List<String> clusters) {
    return dice.chance(3) ? null : dice.some(clusters, dice.chance(15) ? 2 : 1);
  }

  private static List<String> organisations() {
    return Names.FIRST_HALVES.stream()
        .flatMap(first -> Names.SECOND_HALVES.stream().map(second -> first + " " + second))
        .toList();
  }

  private static Map<String, String> regions() {
    Map<String, String> names = new TreeMap<>();
    for (HomeRegion region : HomeRegion.ALL) {
      names.put(region.id(), region.title());
    }
    return names;
  }

  private static List<String> segments() {
    return HomeRegion.ALL.stream().flatMap(region -> region.segments().stream()).toList();
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
