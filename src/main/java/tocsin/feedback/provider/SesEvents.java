package tocsin.feedback.provider;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Amazon SES reports through SNS: only of topics that are ours, signed with a certificate of
 * SNS.
 */
public final class SesEvents implements EventProvider {
  private static final Logger log = LoggerFactory.getLogger(SesEvents.class);

  /** It repeats for an hour. */
  private static final Duration OLDEST = Duration.ofHours(6);

  private final Set<String> topics;
  private final SnsWeb web;
  private final InstantSource clock;

  /**
   * @param topics ARNs
   */
  public SesEvents(List<String> topics, SnsWeb web, InstantSource clock) {
    this.topics = Set.copyOf(topics);
    this.web = web;
    this.clock = clock;
  }

  @Override
  public String word() {
    return "ses";
  }

  @Override
  public Future<Optional<List<ProviderEvent>>> events(MultiMap headers, byte[] body) {
    SnsMessage message = new SnsMessage(Tree.of(body));
    if (!topics.contains(message.topic())
        || !Timestamps.isRecent(message.at(), OLDEST, clock.instant())) {
      return Future.succeededFuture(Optional.empty());
    }
    return message
        .certificate()
        .map(url -> web.signingKey(url).compose(key -> believed(message, key)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<List<ProviderEvent>>> believed(SnsMessage message, PublicKey key) {
    if (!message.isSignedBy(key)) {
      return Future.succeededFuture(Optional.empty());
    }
    return switch (message.type()) {
      case "Notification" ->
          Future.succeededFuture(Optional.of(SesNotification.events(message.message())));
      case "SubscriptionConfirmation" -> confirm(message);
      default -> {
        log.warn("ses.unsubscribed topic={}", message.topic());
        yield Future.succeededFuture(Optional.of(List.of()));
      }
    };
  }

  private Future<Optional<List<ProviderEvent>>> confirm(SnsMessage message) {
    return message
        .subscribe()
        .map(url ->
            web.confirm(url)
                .onSuccess(done -> log.info("ses.subscribed topic={}", message.topic()))
                .map(done -> Optional.of(List.<ProviderEvent>of())))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }
}
