package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** How a subscriber is reached. */
public enum Channel {
  EMAIL,
  SMS,
  WEBHOOK;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in JSON, SQL, metrics, limits and template folders. */
  public String word() {
    return word;
  }

  public static Optional<Channel> of(String word) {
    for (Channel channel : values()) {
      if (channel.word().equals(word)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
