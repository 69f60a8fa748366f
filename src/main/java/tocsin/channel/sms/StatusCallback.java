package tocsin.channel.sms;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;

/** Where Twilio reports what became of a message. */
final class StatusCallback {
  /** What Twilio takes for a real host name: no underscore, and a top level. */
  private static final Pattern PUBLIC_HOST =
      Pattern.compile("(?i)([a-z0-9-]+\\.)+[a-z][a-z0-9-]*[a-z0-9]");

  /**
   * Three more tries, also where we answer that we cannot take it now: by default there are none.
   */
  private static final String OVERRIDES = "#rc=3&rp=all";

  private static final String TWILIO = "twilio.com";

  private final @Nullable URI publicUrl;

  /**
   * @param publicUrl without a trailing slash
   * @param apiUrl Twilio refuses a message whose callback has no public host, so it gets none then;
   *     whatever else stands at this URL can be nearer to us
   */
  StatusCallback(URI publicUrl, URI apiUrl) {
    this.publicUrl = isTwilio(apiUrl) && !isPublic(publicUrl) ? null : publicUrl;
  }

  Optional<String> of(DeliveryId id) {
    return Optional.ofNullable(publicUrl)
        .map(base -> base + "/hooks/twilio/status?d=" + id + OVERRIDES);
  }

  private static boolean isTwilio(URI apiUrl) {
    String host = apiUrl.getHost();
    return host != null && (host.equals(TWILIO) || host.endsWith("." + TWILIO));
  }

  private static boolean isPublic(URI publicUrl) {
    String host = publicUrl.getHost();
    return host != null && PUBLIC_HOST.matcher(host).matches();
  }
}
