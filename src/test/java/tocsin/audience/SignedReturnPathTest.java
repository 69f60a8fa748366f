package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedReturnPathTest {
  private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
  private static final DeliveryId ID = new DeliveryId(7, 4711);

  private final SignedReturnPath path = path("bounce-key-1");

  @Test
  void isTheKnownAddressForAKnownKey() {
    assertThat(path.address("d7yk2qv3ma", 20468))
        .isEqualTo("b.d7yk2qv3ma.20468.y7abualipuozea3c@bounces.example.com");
  }

  @Test
  void leadsBackToItsDelivery() {
    String address = path.of(ID, NOW);

    assertThat(address).matches("b\\.d7-3mv\\.20468\\.[a-z2-7]{16}@bounces\\.example\\.com");
    assertThat(path.delivery(address, NOW)).contains(ID);
  }

  @Test
  void aBounceOfWhatTellsOfNoUpdateConcernsNoDelivery() {
    assertThat(path.delivery(path.of(new DeliveryId(0, 4711), NOW), NOW)).isEmpty();
  }

  @Test
  void survivesARelayThatChangesTheCase() {
    assertThat(path.delivery(path.of(ID, NOW).toUpperCase(Locale.ROOT), NOW)).contains(ID);
  }

  @Test
  void fitsIntoALocalPartForTheLargestIds() {
    DeliveryId largest = new DeliveryId(Integer.MAX_VALUE, Integer.MAX_VALUE);
    String address = path.of(largest, NOW.plus(Duration.ofDays(100_000)));

    assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
    assertThat(path.delivery(address, NOW.plus(Duration.ofDays(100_000)))).contains(largest);
  }

  @Test
  void isGoodForTenDays() {
    String address = path.of(ID, NOW);

    assertThat(path.delivery(address, NOW.plus(Duration.ofDays(10)))).contains(ID);
    assertThat(path.delivery(address, NOW.plus(Duration.ofDays(11)))).isEmpty();
    assertThat(path.delivery(address, NOW.minus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void nobodyElseCanMakeOne() {
    assertThat(path.delivery(path("another").of(ID, NOW), NOW)).isEmpty();
    assertThat(path.delivery(path.of(ID, NOW).replace("d7-", "d8-"), NOW)).isEmpty();
    assertThat(path.delivery(path.of(ID, NOW).replace(".20468.", ".20467."), NOW)).isEmpty();
    assertThat(path.delivery(path.of(ID, NOW).replace("bounces.", "other."), NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "b",
        "status@example.com",
        "b.@bounces.example.com",
        "b.d7-3mv.20468@bounces.example.com",
        "b.d7-3mv.99999999999999999999.y7abualipuozea3c@bounces.example.com"
      })
  void otherAddressesAreNobodys(String address) {
    assertThat(path.delivery(address, NOW)).isEmpty();
  }

  private static SignedReturnPath path(String key) {
    return new SignedReturnPath(key.getBytes(UTF_8), "bounces.example.com");
  }
}
