package tocsin.feedback.provider;

import io.vertx.core.Future;
import java.net.URI;
import java.security.PublicKey;

/** What we fetch from SNS, at addresses that are known to be its own. */
public interface SnsWeb {

  /** Of the certificate there. Fails where there is none, or none that is good now. */
  Future<PublicKey> signingKey(URI url);

  /** Tells SNS that we want the topic's messages. */
  Future<Void> confirm(URI url);
}
