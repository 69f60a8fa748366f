package tocsin.channel.sms;

import tocsin.channel.Outcome;

/**
 * Carries an outcome out through the SDK, which would retry, or forget the status of HTTP where the
 * body is not JSON.
 */
final class TwilioFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Outcome outcome;

  TwilioFailure(Outcome outcome) {
    super("the request failed", null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
