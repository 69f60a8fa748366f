package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

/**
 * Tells operators which mails are refused for what only they can mend, a DNS record or a password:
 * one line a minute for each domain and reason. Thread-safe.
 */
final class MailRefusals {
  private static final Logger log = LoggerFactory.getLogger(MailRefusals.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int MOST = 1_000;

  /** What a reply begins with; its words may hold an address (RFC 5321, 4.2; RFC 3463, 2). */
  private static final Pattern CODE = Pattern.compile("\\d{3}(?:[ -]\\d\\.\\d{1,3}\\.\\d{1,3})?");

  private record Refusal(String domain, Reason reason) {}

  private final Cache<Refusal, Refusal> told;

  MailRefusals(Ticker ticker) {
    told = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(EVERY).ticker(ticker).build();
  }

  void heard(String recipient, Outcome outcome) {
    switch (outcome) {
      case Outcome.Deferred(Reason reason, String detail, Duration after)
          when reason == Reason.OPERATOR ->
          tell(new Refusal("*", reason), detail);
      case Outcome.Rejected(Reason reason, String detail)
          when reason == Reason.POLICY || reason == Reason.CONTENT ->
          tell(new Refusal(domain(recipient), reason), detail);
      case Outcome.Sent sent -> {}
      case Outcome.Deferred deferred -> {}
      case Outcome.Rejected rejected -> {}
    }
  }

  private void tell(Refusal refusal, String detail) {
    if (told.asMap().putIfAbsent(refusal, refusal) == null) {
      Matcher code = CODE.matcher(detail);
      log.warn(
          "mail.refused domain={} reason={} code=\"{}\"",
          refusal.domain(),
          refusal.reason().word(),
          code.lookingAt() ? code.group() : "");
    }
  }

  private static String domain(String recipient) {
    return recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
