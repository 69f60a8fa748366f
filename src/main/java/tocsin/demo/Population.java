package tocsin.demo;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.Customer;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;

/** Gives birth to subscribers, no two with the same address. */
final class Population {
  private static final int LOWEST_NUMBER = 2_000_000;
  private static final int HIGHEST_NUMBER = 9_999_999;

  private final Dice dice;
  private final List<String> components;
  private final URI hooks;
  private final Set<String> addresses = new HashSet<>();

  /**
   * @param hooks where the endpoints of all customers are
   */
  Population(Dice dice, List<String> components, URI hooks) {
    this.dice = dice;
    this.components = List.copyOf(components);
    this.hooks = hooks;
  }

  /** Anybody. */
  DemoSubscriber of(Customer customer, HomeRegion home) {
    int hundredth = dice.hundredth();
    Channel channel =
        hundredth < 60 ? Channel.EMAIL : hundredth < 80 ? Channel.SMS : Channel.WEBHOOK;
    List<Subscription> subscriptions =
        dice.chance(12)
            ? List.of(subscription(home), subscription(home))
            : List.of(subscription(home));
    return of(customer, home, channel, locale(home), subscriptions);
  }

  /** Somebody who is like this. */
  DemoSubscriber of(
      Customer customer,
      HomeRegion home,
      Channel channel,
      String locale,
      List<Subscription> subscriptions) {
    int number = addresses.size() + 1;
    String address =
        switch (channel) {
          case EMAIL -> mail(customer, number);
          case SMS -> number();
          case WEBHOOK -> hooks.resolve("/hooks/" + customer.id() + "-" + number).toString();
        };
    addresses.add(address);
    return new DemoSubscriber(
        customer.id() + "/" + number,
        channel,
        address,
        locale,
        dice.one(home.zones()),
        customer,
        subscriptions,
        channel == Channel.WEBHOOK ? dice.secret() : null);
  }

  private String mail(Customer customer, int number) {
    String person = dice.one(Names.GIVEN) + "." + dice.one(Names.FAMILY);
    String host = "@" + customer.id() + ".example.com";
    String address = person.toLowerCase(Locale.ROOT) + host;
    return addresses.contains(address) ? person.toLowerCase(Locale.ROOT) + number + host : address;
  }

  private String number() {
    String number;
    do {
      number = "+1555" + dice.between(LOWEST_NUMBER, HIGHEST_NUMBER);
    } while (addresses.contains(number));
    return number;
  }

  private String locale(HomeRegion home) {
    if (dice.chance(home.german())) {
      return dice.chance(15) ? "de-AT" : "de";
    }
    return dice.chance(10) ? "en-GB" : "en";
  }

  private Subscription subscription(HomeRegion home) {
    return new Subscription(
        dice.chance(50) ? null : dice.some(components, 3), regions(home), segments(home), impact());
  }

  private @Nullable Set<String> regions(HomeRegion home) {
    int hundredth = dice.hundredth();
    if (hundredth < 70) {
      return null;
    }
    Set<String> regions = new HashSet<>();
    regions.add(dice.one(HomeRegion.ALL).id());
    if (hundredth < 97) {
      regions.add(home.id());
    }
    return regions;
  }

  private @Nullable Set<String> segments(HomeRegion home) {
    return dice.chance(80) ? null : dice.some(home.segments(), 2);
  }

  private Impact impact() {
    int hundredth = dice.hundredth();
    if (hundredth < 45) {
      return Impact.NONE;
    }
    return hundredth < 75 ? Impact.MINOR : hundredth < 95 ? Impact.MAJOR : Impact.CRITICAL;
  }
}
