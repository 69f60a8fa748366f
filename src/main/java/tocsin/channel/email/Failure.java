package tocsin.channel.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;

/** What it means that a conversation with a mail server did not come to its end. */
final class Failure {
  private Failure() {}

  /**
   * @param reply the answer in that phase, if one came
   */
  static Outcome outcome(MessagingException failure, Phase phase, Optional<Reply> reply) {
    if (reply.isPresent() && reply.get().isRefusal()) {
      return Replies.refusal(reply.get(), phase);
    }
    if (phase == Phase.DOT) {
      return reply.isPresent() && reply.get().isPositive()
          ? new Sent(reply.get().queueId())
          : new Deferred(Reason.UNKNOWN, "no answer after the final dot", null);
    }
    return new Deferred(reason(failure), detail(failure, phase), null);
  }

  private static Reason reason(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return Reason.OPERATOR;
    }
    return causes(failure).anyMatch(Failure::isTimeout) ? Reason.TIMEOUT : Reason.CONNECTION;
  }

  /** A write that takes too long is ended by closing the socket under it, and may say only that. */
  private static boolean isTimeout(Throwable cause) {
    String words = String.valueOf(cause.getMessage());
    return cause instanceof SocketTimeoutException
        || words.contains("Write timed out")
        || words.contains("Socket closed");
  }

  private static String detail(MessagingException failure, Phase phase) {
    Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
    return phase.name().toLowerCase(Locale.ROOT) + ": " + root;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
