package tocsin.audience;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Rules for webhooks in tests of this package: https only, and secrets that count up. */
final class AnyWebhooks implements WebhookRules {
  private final AtomicInteger secrets = new AtomicInteger();

  @Override
  public Optional<String> urlComplaint(String url) {
    return url.startsWith("https://") ? Optional.empty() : Optional.of("must be https");
  }

  @Override
  public Optional<String> secretComplaint(String secret) {
    return secret.startsWith("whsec_") ? Optional.empty() : Optional.of("must start with whsec_");
  }

  @Override
  public String newSecret() {
    return "whsec_" + secrets.incrementAndGet();
  }

  @Override
  public KeyPair newKeyPair() {
    int number = secrets.incrementAndGet();
    return new KeyPair("whsk_" + number, "whpk_" + number);
  }
}
