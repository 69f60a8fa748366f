package tocsin.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Function;

/**
 * What everyone who was told may ask for at once: it is made once every few seconds, not once a
 * visit. What fails is not kept.
 *
 * @param <K> what it depends on
 * @param <V> what is made
 */
final class Fresh<K, V> {
  private static final Duration LIFE = Duration.ofSeconds(5);
  private static final int MOST_KEPT = 1_000;

  private final Cache<K, Future<V>> made =
      Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(MOST_KEPT).build();

  Future<V> get(K key, Function<K, Future<V>> make) {
    Future<V> value = made.get(key, make);
    return value.onFailure(failure -> made.asMap().remove(key, value));
  }

  /** Others may keep it as long. */
  static void declare(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + LIFE.toSeconds());
  }
}
