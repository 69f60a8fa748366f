package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberingResolverTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> asked = new ArrayList<>();
  private final Promise<List<InetAddress>> slow = Promise.promise();
  private final Resolver resolver =
      new RememberingResolver(
          (host, patience) -> {
            asked.add(host);
            if (host.equals("nowhere.example")) {
              return Future.failedFuture(new UnknownHostException(host));
            }
            return host.equals("slow.example")
                ? slow.future()
                : Future.succeededFuture(List.of(InetAddress.ofLiteral("1.1.1." + asked.size())));
          },
          nanos::get);

  @Test
  void asksOnceInFiveSeconds() {
    List<InetAddress> first = resolve("a.example");
    nanos.addAndGet(Duration.ofMillis(4_900).toNanos());
    assertThat(resolve("a.example")).isEqualTo(first);
    assertThat(resolve("b.example")).isNotEqualTo(first);
    nanos.addAndGet(Duration.ofMillis(200).toNanos());

    assertThat(resolve("a.example")).isNotEqualTo(first);
    assertThat(asked).containsExactly("a.example", "b.example", "a.example");
  }

  @Test
  void aFailureIsNotRemembered() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> resolve("nowhere.example")).isInstanceOf(UnknownHostException.class);
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void whoAsksWhileAnotherDoesWaitsForTheSameAnswer() {
    Future<List<InetAddress>> one = resolver.resolve("slow.example", Duration.ofSeconds(1));
    Future<List<InetAddress>> other = resolver.resolve("slow.example", Duration.ofSeconds(1));
    slow.complete(List.of(InetAddress.ofLiteral("1.1.1.1")));

    assertThat(one.result()).isEqualTo(other.result());
    assertThat(asked).hasSize(1);
  }

  private List<InetAddress> resolve(String host) {
    return resolver.resolve(host, Duration.ofSeconds(1)).await();
  }
}
