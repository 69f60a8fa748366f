package tocsin.channel.webhook;

import java.util.Optional;
import java.util.random.RandomGenerator;
import tocsin.audience.KeyPair;
import tocsin.audience.WebhookRules;

/**
 * What is asked of an endpoint when it is registered.
 *
 * @param random a secure source
 */
public record EndpointRules(TargetPolicy policy, RandomGenerator random) implements WebhookRules {

  @Override
  public Optional<String> urlComplaint(String url) {
    return switch (policy.check(url)) {
      case Admission.Allowed allowed -> Optional.empty();
      case Admission.Refused(String reason) -> Optional.of(reason);
    };
  }

  @Override
  public Optional<String> secretComplaint(String secret) {
    return WebhookSecret.parse(secret).isPresent()
        ? Optional.empty()
        : Optional.of("must be whsec_ and the base64 of 24 to 64 bytes");
  }

  @Override
  public String newSecret() {
    return WebhookSecret.generate(random).text();
  }

  @Override
  public KeyPair newKeyPair() {
    return EndpointKey.generate();
  }
}
