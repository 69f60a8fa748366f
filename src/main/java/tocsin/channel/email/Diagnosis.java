package tocsin.channel.email;

import static tocsin.channel.email.BounceClass.CAPABILITY;
import static tocsin.channel.email.BounceClass.CONTENT;
import static tocsin.channel.email.BounceClass.DISABLED;
import static tocsin.channel.email.BounceClass.HARD;
import static tocsin.channel.email.BounceClass.POLICY;
import static tocsin.channel.email.BounceClass.ROUTING;
import static tocsin.channel.email.BounceClass.SOFT;
import static tocsin.channel.email.BounceClass.UNKNOWN;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server said about a mail that it refused for good, now or in a report later. The
 * enhanced code goes first, then the three digits, then the words; a recipient pays only for a
 * clear word.
 *
 * @param reply three digits; 0: none
 * @param text on one line
 */
public record Diagnosis(StatusCode status, int reply, String text) {
  private static final int LONGEST = 4_000;
  private static final Pattern REPLY =
      Pattern.compile(
          "(?<![\\d.:\\[#/@-])(42[1-9]|4[3-5]\\d|50[0-4]|521|53\\d|54\\d|55\\d)(?=[ -])");

  /** Gmail's codes x.7.x from here on name what our mail lacks, but for the one about its rate. */
  private static final int GMAIL_RULES = 20;

  private static final int GMAIL_RATE = 28;

  public Diagnosis {
    text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** Finds the codes in words. */
  public static Diagnosis in(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    Matcher reply = REPLY.matcher(line);
    int first = 0;
    while (reply.find()) {
      int code = Integer.parseInt(reply.group(1));
      if (first == 0 || (first < 500 && code >= 500)) {
        first = code;
      }
    }
    return new Diagnosis(StatusCode.in(line), first, line);
  }

  /** Whether anything says that something failed. */
  public boolean saysNothing() {
    return status.kind() == 0 && reply == 0 && bounceClass() == UNKNOWN;
  }

  public BounceClass bounceClass() {
    if (status.isTransient() || (status.kind() == 0 && reply >= 400 && reply < 500)) {
      return ofTransient();
    }
    return switch (status.subject()) {
      case 1 -> ofAddress();
      case 2 -> ofMailbox();
      case 3 -> status.detail() == 4 ? CONTENT : byWords(UNKNOWN);
      case 4 -> ofRoute();
      case 6 -> ofContent();
      case 7 -> POLICY;
      default -> byReply();
    };
  }

  /** Only what is held against us is not the recipient's. */
  private BounceClass ofTransient() {
    boolean lacking =
        status.subject() == 7 && status.detail() >= GMAIL_RULES && status.detail() != GMAIL_RATE;
    boolean refused = (status.subject() == 7 || status.kind() == 0) && BounceWords.SPAM.in(text);
    return lacking || refused ? POLICY : SOFT;
  }

  /** Sendmail notes 5.1.1 for whatever was refused after RCPT: the words may know better. */
  private BounceClass ofAddress() {
    return switch (status.detail()) {
      case 1, 2, 3, 6, 10 ->
          BounceWords.SPAM.in(text) && !BounceWords.NO_MAILBOX.in(text) ? POLICY : HARD;
      case 7, 8 -> POLICY;
      default -> byWords(UNKNOWN);
    };
  }

  private BounceClass ofMailbox() {
    return switch (status.detail()) {
      case 1 -> DISABLED;
      case 2 -> SOFT;
      case 3 -> CONTENT;
      default -> byWords(SOFT);
    };
  }

  private BounceClass ofRoute() {
    return switch (status.detail()) {
      case 4 -> HARD;
      case 7 -> SOFT;
      default -> {
        if (BounceWords.NO_HOST.in(text) && !BounceWords.NO_ANSWER_OF_DNS.in(text)) {
          yield HARD;
        }
        yield status.detail() > 0 ? ROUTING : byWords(ROUTING);
      }
    };
  }

  private BounceClass ofContent() {
    return switch (status.detail()) {
      case 7, 9 -> CAPABILITY;
      default -> CONTENT;
    };
  }

  private BounceClass byReply() {
    return switch (reply) {
      case 521, 556 -> HARD;
      case 552 -> byWords(CONTENT);
      default -> byWords(UNKNOWN);
    };
  }

  private BounceClass byWords(BounceClass otherwise) {
    if (BounceWords.POLICY.in(text)) {
      return POLICY;
    }
    if (BounceWords.NO_CAPABILITY.in(text)) {
      return CAPABILITY;
    }
    if (BounceWords.FULL.in(text)) {
      return SOFT;
    }
    if (BounceWords.TOO_BIG.in(text)) {
      return CONTENT;
    }
    if (BounceWords.LOOP.in(text)) {
      return ROUTING;
    }
    if (BounceWords.NO_MAILBOX.in(text)) {
      return HARD;
    }
    if (BounceWords.NO_HOST.in(text) && !BounceWords.NO_ANSWER_OF_DNS.in(text)) {
      return HARD;
    }
    if (BounceWords.DISABLED.in(text)) {
      return DISABLED;
    }
    return BounceWords.EXPIRED.in(text) ? SOFT : otherwise;
  }
}
