package tocsin.feedback.provider;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/** Reads what one provider posts to us. */
public interface EventProvider {

  /** The end of the path it posts to, and its word in metrics. */
  String word();

  /**
   * Empty where nothing shows that the provider has sent it. Whatever is in a body that it has
   * sent, and not understood, is passed over. Fails where it should be sent again.
   */
  Future<Optional<List<ProviderEvent>>> events(MultiMap headers, byte[] body);
}
