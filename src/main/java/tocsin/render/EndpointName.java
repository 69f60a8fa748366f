package tocsin.render;

import java.net.URI;
import java.util.Objects;

/**
 * An endpoint as it is named to its owner: enough to tell it from others at the same host, too
 * little to post to it, since paths and queries are often secret.
 */
final class EndpointName {
  private static final int SHOWN = 4;

  /** What is shorter would be shown to a good part. */
  private static final int LONG_ENOUGH = 16;

  private EndpointName() {}

  static String of(URI url) {
    String host = Objects.requireNonNullElse(url.getHost(), "webhook");
    String rest =
        Objects.requireNonNullElse(url.getRawPath(), "")
            + Objects.requireNonNullElse(url.getRawQuery(), "");
    return rest.length() < LONG_ENOUGH
        ? host
        : host + "/\u2026" + rest.substring(rest.length() - SHOWN);
  }
}
