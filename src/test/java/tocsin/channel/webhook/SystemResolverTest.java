package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemResolverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Resolver resolver = new SystemResolver();

  @Test
  void aNameHasItsAddresses() {
    List<InetAddress> addresses = resolver.resolve("localhost", PATIENCE).await();

    assertThat(addresses).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void aNameThatNoServerCanKnowIsUnknown() {
    String tooLong = "x".repeat(64) + ".test";

    assertThatThrownBy(() -> resolver.resolve(tooLong, PATIENCE).await())
        .isInstanceOf(UnknownHostException.class);
  }
}
