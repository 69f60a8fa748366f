package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tocsin.delivery.Claim;

class LeasesTest {
  private static final Claim.OfChunk FIRST = new Claim.OfChunk(1, 0, 1);
  private static final Claim.OfChunk SECOND = new Claim.OfChunk(1, 1, 1);

  private final AtomicLong now = new AtomicLong();
  private final Leases leases = new Leases(new Time(InstantSource.system(), now::get));

  @Test
  void anExpiredLeaseIsNeverRevived() {
    leases.add(FIRST, 10, now.get());
    now.addAndGet(Leases.LENGTH.toNanos());

    assertThat(leases.holds(FIRST)).isFalse();
    assertThat(leases.all()).isEmpty();
    leases.renewed(List.of(FIRST), List.of(FIRST), now.get());
    assertThat(leases.holds(FIRST)).isFalse();
  }

  @Test
  void aLeaseThatTheDatabaseDidNotExtendIsLost() {
    leases.add(FIRST, 10, now.get());
    leases.add(SECOND, 10, now.get());

    leases.renewed(List.of(FIRST, SECOND), List.of(SECOND), now.get());

    assertThat(leases.holds(FIRST)).isFalse();
    assertThat(leases.holds(SECOND)).isTrue();
  }

  @Test
  void aLeaseCountsFromBeforeTheDatabaseWasAsked() {
    long asked = now.get();
    now.addAndGet(1_000);
    leases.add(FIRST, 10, asked);
    now.set(asked + Leases.LENGTH.toNanos());

    assertThat(leases.holds(FIRST)).isFalse();
  }

  @Test
  void whatIsUnderWayIsKnownUntilItIsOnRecord() {
    leases.add(FIRST, 2, now.get());
    leases.underWay(FIRST);
    assertThat(leases.anyUnderWay()).isTrue();

    leases.settle(FIRST, 1);

    assertThat(leases.anyUnderWay()).isFalse();
    assertThat(leases.holds(FIRST)).isTrue();
  }
}
