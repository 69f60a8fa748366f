package tocsin.channel.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Asks once for the many webhooks of one update that go to one host. An answer is checked by
 * whoever uses it, each time.
 */
final class RememberingResolver implements Resolver {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final Resolver asked;
  private final Cache<String, List<InetAddress>> answers;

  RememberingResolver(Resolver asked, Ticker ticker) {
    this.asked = asked;
    this.answers =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).ticker(ticker).build();
  }

  @Override
  public List<InetAddress> resolve(String host, Duration patience)
      throws UnknownHostException, TimeoutException, InterruptedException {
    List<InetAddress> known = answers.getIfPresent(host);
    if (known != null) {
      return known;
    }
    List<InetAddress> answer = asked.resolve(host, patience);
    answers.put(host, answer);
    return answer;
  }
}
