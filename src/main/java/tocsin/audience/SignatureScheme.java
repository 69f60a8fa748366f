package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** What a webhook's events are signed with (Standard Webhooks). */
public enum SignatureScheme {
  /** HMAC-SHA256 with the shared secret. */
  V1,
  /** Ed25519 with a key pair of the endpoint's own. */
  V1A,
  /** Each of them, for receivers that change over. */
  BOTH;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in JSON and SQL. */
  public String word() {
    return word;
  }

  public static Optional<SignatureScheme> of(String word) {
    for (SignatureScheme scheme : values()) {
      if (scheme.word().equals(word)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }

  boolean needsKeyPair() {
    return this != V1;
  }
}
