package tocsin.selfservice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to confirm an opt-in. */
public sealed interface Confirmation {

  /**
   * They are a subscriber from now on, with the wishes of the opt-in.
   *
   * @param preferences token of the page where they change them
   * @param secret what a webhook is signed with, shown this once; null where it stayed as it was,
   *     on other channels, and for Slack and Teams, which check none
   * @param publicKey what the Ed25519 signatures are checked with; null where there are none
   */
  record Confirmed(
      int subscriber, String preferences, @Nullable String secret, @Nullable String publicKey)
      implements Confirmation {

    /** Without token and secret. */
    @Override
    public String toString() {
      return "Confirmed[" + subscriber + "]";
    }
  }

  /**
   * The code is wrong, or there were too many wrong ones before.
   *
   * @param triesLeft 0: not even the right one is taken any more
   */
  record WrongCode(int triesLeft) implements Confirmation {}

  /** A code was posted into the channel of Slack or Teams; it is asked for now. */
  record CodePosted() implements Confirmation {}

  /**
   * The endpoint did not agree.
   *
   * @param detail what it did instead, without its answer
   */
  record EndpointDidNotAnswer(String detail) implements Confirmation {}

  /** The endpoint was asked just before. */
  record NotYet(Duration retryAfter) implements Confirmation {}

  record AlreadyConfirmed() implements Confirmation {}

  /** It is too late, or what it asks for is not to be had any more. */
  record Expired() implements Confirmation {}
}
