package tocsin.selfservice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.Dialect;
import tocsin.audience.Registration;
import tocsin.audience.Subscription;
import tocsin.audience.Wording;

/**
 * An opt-in, as whoever holds its token may see it.
 *
 * @param address with most of it hidden
 * @param locale language tag
 * @param dialect NATIVE on other channels than webhooks
 */
public record OptIn(
    Channel channel,
    String address,
    String locale,
    List<Subscription> subscriptions,
    Dialect dialect,
    @Nullable Wording wording,
    Instant expiresAt,
    State state,
    Proof proof) {

  /** What can still become of it. */
  public enum State {
    OPEN,
    CONFIRMED,
    EXPIRED
  }

  /** What shows that it is the address's own wish. */
  public enum Proof {
    /** Whoever has the token has read the mail. */
    BUTTON,
    /** The code that was sent to the number or posted into the channel. */
    CODE,
    /** The endpoint is asked; one of Slack or Teams is sent a code instead. */
    CHALLENGE
  }

  public OptIn {
    subscriptions = List.copyOf(subscriptions);
  }

  static OptIn of(OptInRow row) {
    Registration wish = row.wish();
    return new OptIn(
        wish.channel(),
        wish.address().masked(),
        wish.locale(),
        wish.subscriptions(),
        wish.form().dialect(),
        row.wording(),
        row.expiresAt(),
        row.state(),
        row.proof());
  }
}
