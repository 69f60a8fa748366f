package tocsin.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody agreed to be messaged on a channel, or took it back, with what proves it.
 *
 * @param wording null where none of ours was on show
 * @param optIn null where none was confirmed
 * @param at when the person said so, which may be long before it was written down
 */
public record ConsentRecord(
    int subscriber,
    ConsentKind kind,
    Channel channel,
    @Nullable Wording wording,
    Evidence evidence,
    @Nullable OptInReference optIn,
    Instant at) {

  /** On somebody else's word. */
  static ConsentRecord given(Subscriber subscriber, String actor) {
    return new ConsentRecord(
        subscriber.id(),
        ConsentKind.GIVEN,
        subscriber.channel(),
        null,
        new Evidence(subscriber.consent().source(), actor, null, null),
        null,
        subscriber.consent().at());
  }
}
