package tocsin.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.Channel;

class WorldGeneratorTest {
  private static final URI HOOKS = URI.create("http://127.0.0.1:4000");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20190925})
  void sameSeedMakesTheSameWorld(long seed) {
    assertThat(world(seed)).as("seed %d", seed).isEqualTo(world(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20190925})
  void worldIsWithinItsBounds(long seed) {
    DemoWorld world = world(seed);

    assertThat(world.subscribers()).as("seed %d", seed).hasSizeBetween(3_000, 4_000);
    assertThat(world.everybody())
        .as("seed %d", seed)
        .extracting(DemoSubscriber::address)
        .doesNotHaveDuplicates();
    assertThat(world.everybody())
        .as("seed %d", seed)
        .extracting(DemoSubscriber::name)
        .doesNotHaveDuplicates();
    assertThat(world.customers())
        .as("seed %d", seed)
        .allMatch(customer -> customer.regions() != null && customer.regions().size() == 1);
    Map<Channel, Long> channels =
        world.subscribers().stream().collect(groupingBy(DemoSubscriber::channel, counting()));
    assertThat(channels.get(Channel.EMAIL)).as("seed %d", seed).isBetween(1_900L, 2_500L);
    assertThat(channels.get(Channel.SMS)).as("seed %d", seed).isBetween(550L, 950L);
    assertThat(channels.get(Channel.WEBHOOK)).as("seed %d", seed).isBetween(550L, 950L);
    assertThat(world.subscribers().stream().collect(groupingBy(DemoSubscriber::region, counting())))
        .as("seed %d", seed)
        .hasSize(3)
        .allSatisfy((region, count) -> assertThat(count).isGreaterThan(300L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20190925})
  void everyNumberIsPossibleAndMayBeMobile(long seed) throws NumberParseException {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    for (DemoSubscriber subscriber : world(seed).everybody()) {
      if (subscriber.channel() == Channel.SMS) {
        var number = numbers.parse(subscriber.address(), null);
        assertThat(numbers.isPossibleNumber(number)).as("seed %d", seed).isTrue();
        assertThat(numbers.getNumberType(number))
            .as("seed %d", seed)
            .isNotIn(PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20190925})
  void foundingIncidentReachesEveryChannelAndOnlyItsRegion(long seed) {
    DemoWorld world = world(seed);
    Map<String, DemoSubscriber> byName =
        world.everybody().stream().collect(toMap(DemoSubscriber::name, one -> one));

    Expectation expectation = Oracle.expect(world, FoundingIncident.recording());

    for (int sequence = 1; sequence <= 9; sequence++) {
      int update = sequence;
      var told =
          expectation.required().stream()
              .filter(notice -> notice.sequence() == update)
              .map(notice -> byName.get(notice.subscriber()))
              .toList();
      assertThat(told).as("seed %d", seed).allMatch(one -> one.region().equals("north-america"));
      assertThat(told.stream().map(DemoSubscriber::channel).distinct())
          .as("seed %d", seed)
          .containsExactlyInAnyOrder(Channel.values());
      assertThat(told.size()).as("seed %d", seed).isBetween(200, 1_200);
    }
  }

  private static DemoWorld world(long seed) {
    return WorldGenerator.generate(new SplittableRandom(seed), HOOKS);
  }
}
