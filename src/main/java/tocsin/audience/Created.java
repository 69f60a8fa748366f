package tocsin.audience;

import org.jspecify.annotations.Nullable;

/**
 * A new subscriber.
 *
 * @param secret the webhook's signing secret, shown this once; null on other channels
 */
public record Created(Subscriber subscriber, @Nullable String secret) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "Created[" + subscriber + "]";
  }
}
