package tocsin.audience;

import java.util.Optional;

/**
 * What the webhook channel knows of targets and secrets; it stands to the right and is passed in.
 */
public interface WebhookRules {

  /** What is wrong with the URL as a target, by its syntax alone; empty if nothing is. */
  Optional<String> urlComplaint(String url);

  /** What is wrong with a signing secret that somebody chose; empty if nothing is. */
  Optional<String> secretComplaint(String secret);

  String newSecret();

  KeyPair newKeyPair();
}
