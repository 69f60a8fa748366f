package tocsin.channel;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Standing;

/** Why a send was deferred or rejected. A closed list: it is a metric label. */
public enum Reason {
  /** No connection: DNS, refused, reset, TLS, or a mail server that takes nobody now. */
  CONNECTION,
  /** No answer in time. */
  TIMEOUT,
  /** The provider may have taken it: the connection broke after the message was handed over. */
  UNKNOWN,
  /** The provider is in trouble: SMTP 4xx, HTTP 5xx. */
  UNAVAILABLE,
  /** The provider asks for less: HTTP 429, Twilio 20429; an endpoint's 502 and 504. */
  THROTTLED,
  /** The mailbox or handset cannot take it now. */
  RECIPIENT_UNAVAILABLE,
  /** Our account, credentials or sender are refused: an operator must act; costs no attempt. */
  OPERATOR,
  /** No way to numbers of that country: an operator must act; costs no attempt. */
  ROUTE,
  /** A rate limit of ours; costs no attempt. */
  LIMIT,
  /** An older update to the same recipient goes first; costs no attempt. */
  ORDER,
  /** The provider or host is known to be down; costs no attempt. */
  CIRCUIT,
  /** An operator wants what had failed to be tried again. */
  REQUEUED,

  /** The address does not exist or cannot work. */
  ADDRESS,
  /** The person said STOP to the provider. */
  OPTED_OUT,
  /** The endpoint wants no more: HTTP 410. */
  GONE,
  /** Refused as spam or by policy: never the recipient's fault. */
  POLICY,
  /** Too big, or a form the receiver does not take. */
  CONTENT,
  /** The address needs what the provider does not offer. */
  CAPABILITY,
  /** The URL leads to a place that we do not connect to. */
  FORBIDDEN_TARGET,
  /** The provider says our request is wrong: a bug or a missing extension. */
  REQUEST,
  /** Too old to be news, or tried often enough. */
  EXPIRED,
  /** A bug of ours, logged where it was caught. */
  INTERNAL;

  /** The word in SQL, JSON and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Reason> of(String word) {
    for (Reason reason : values()) {
      if (reason.word().equals(word)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  /** Waiting is not a failed attempt. */
  public boolean costsAnAttempt() {
    return isOutcome() && this != OPERATOR && this != ROUTE && this != REQUEUED;
  }

  /** False for a wait that nobody outside caused: it leaves no trace in the ledger. */
  public boolean isOutcome() {
    return this != LIMIT && this != ORDER && this != CIRCUIT;
  }

  /** What a rejection for this reason makes of the subscriber; null where nothing. */
  public @Nullable Standing newStanding() {
    return switch (this) {
      case ADDRESS -> Standing.QUARANTINED;
      case OPTED_OUT -> Standing.OPTED_OUT;
      case GONE -> Standing.DISABLED;
      case CONNECTION,
          TIMEOUT,
          UNKNOWN,
          UNAVAILABLE,
          THROTTLED,
          RECIPIENT_UNAVAILABLE,
          OPERATOR,
          ROUTE,
          LIMIT,
          ORDER,
          CIRCUIT,
          REQUEUED,
          POLICY,
          CONTENT,
          CAPABILITY,
          FORBIDDEN_TARGET,
          REQUEST,
          EXPIRED,
          INTERNAL ->
          null;
    };
  }
}
