package tocsin.channel.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Asks once for the many webhooks of one update that go to one host. An answer is checked by
 * whoever uses it, each time; a failure is not remembered.
 */
final class RememberingResolver implements Resolver {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final Resolver asked;
  private final Cache<String, Future<List<InetAddress>>> answers;

  RememberingResolver(Resolver asked, Ticker ticker) {
    this.asked = asked;
    this.answers =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).ticker(ticker).build();
  }

  @Override
  public Future<List<InetAddress>> resolve(String host, Duration patience) {
    Future<List<InetAddress>> answer = answers.get(host, name -> asked.resolve(name, patience));
    if (!answer.isComplete()) {
      answer.onFailure(failed -> answers.asMap().remove(host, answer));
    } else if (answer.failed()) {
      answers.asMap().remove(host, answer);
    }
    return answer;
  }
}
