package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tocsin.limit.Rate;

class SenderPoolTest {
  private static final List<String> RECIPIENTS =
      IntStream.range(0, 3_000).mapToObj(n -> "+4915" + (100_000_000 + n)).toList();
  private static final SenderPool THREE =
      new SenderPool(List.of("+15005550006", "+15005550016", "+15005550026"));

  @Test
  void everySenderHasItsShareAndEveryRecipientItsSender() {
    Map<String, Long> shares = shares(THREE);

    assertThat(shares.keySet()).containsExactlyInAnyOrderElementsOf(THREE.all());
    assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(900L, 1_100L));
    assertThat(shares(THREE)).isEqualTo(shares);
  }

  @Test
  void aSenderThatLeavesMovesItsOwnRecipientsOnly() {
    SenderPool two = new SenderPool(THREE.all().subList(0, 2));
    String gone = THREE.all().getLast();

    assertThat(RECIPIENTS)
        .filteredOn(it -> !THREE.senderOf(it).equals(gone))
        .allSatisfy(it -> assertThat(two.senderOf(it)).isEqualTo(THREE.senderOf(it)));
  }

  @Test
  void whoASenderDoesNotReachHearsFromTheNextAndAllOthersAsEver() {
    String closed = THREE.all().getFirst();
    SenderPool without = new SenderPool(THREE.all().subList(1, 3));
    SenderPool pool =
        new SenderPool(
            THREE.all(), (sender, number) -> sender.equals(closed) && number.endsWith("7"));

    assertThat(RECIPIENTS)
        .allSatisfy(it ->
            assertThat(pool.senderOf(it))
                .isEqualTo((it.endsWith("7") ? without : THREE).senderOf(it)));
  }

  @Test
  void whoNobodyReachesKeepsItsSender() {
    SenderPool pool = new SenderPool(THREE.all(), (sender, number) -> true);

    assertThat(RECIPIENTS)
        .allSatisfy(it -> assertThat(pool.senderOf(it)).isEqualTo(THREE.senderOf(it)));
  }

  @Test
  void everyKindHasItsPace() {
    SenderPool all =
        new SenderPool(
            List.of("+15005550006", "+18335550006", "12345", "Acme", "MG" + "0".repeat(32)));

    assertThat(all.rates())
        .containsOnly(
            Map.entry("sms:sender:+15005550006", perSecond(1)),
            Map.entry("sms:sender:+18335550006", perSecond(3)),
            Map.entry("sms:sender:12345", perSecond(100)),
            Map.entry("sms:sender:Acme", perSecond(10)));
  }

  private static Rate perSecond(int segments) {
    return new Rate(segments, Duration.ofSeconds(1));
  }

  private static Map<String, Long> shares(SenderPool pool) {
    return RECIPIENTS.stream()
        .map(pool::senderOf)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
