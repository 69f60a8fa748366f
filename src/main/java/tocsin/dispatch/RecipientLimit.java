package tocsin.dispatch;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tocsin.audience.Channel;
import tocsin.delivery.RecentSends;
import tocsin.limit.LimitKey;
import tocsin.limit.Limiter;
import tocsin.limit.Rate;
import tocsin.store.Answer;

/**
 * No more than so many messages to one recipient in a window. Who has had them waits, and what
 * comes meanwhile supersedes what waits, so the next one tells the latest. Costs nothing while the
 * limit is not set. Blocks.
 */
final class RecipientLimit {
  private final Channel channel;
  private final RecentSends sends;
  private final Limiter limiter;

  RecipientLimit(Channel channel, RecentSends sends, Limiter limiter) {
    this.channel = channel;
    this.sends = sends;
    this.limiter = limiter;
  }

  /** When those may be sent to who may not now. */
  Map<Integer, Instant> notBefore(Collection<Integer> subscribers) {
    Optional<Rate> limit = limiter.rate(LimitKey.RECIPIENT);
    if (limit.isEmpty() || subscribers.isEmpty()) {
      return Map.of();
    }
    Rate rate = limit.get();
    Map<Integer, Instant> notBefore = new HashMap<>();
    Answer.of(sends.of(channel, subscribers, rate.per(), rate.permits()))
        .forEach((subscriber, times) ->
            notBefore.put(subscriber, times.get(rate.permits() - 1).plus(rate.per())));
    return notBefore;
  }
}
