package tocsin.feedback.mail;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;
import tocsin.feedback.mail.MailFeedback.Bounced;
import tocsin.feedback.mail.MailFeedback.Nothing;
import tocsin.feedback.mail.MailFeedback.Why;

/**
 * What a mail without a status part comes to: qmail, old Exim and Sendmail, and many gateways say
 * in words alone that they failed.
 */
final class PlainReport {
  private static final int LONGEST = 6_000;

  /** From here on it is our own mail. */
  private static final Pattern ORIGINAL =
      Pattern.compile(
          "(?im)^[ \t>]*[-=*_]{2,}[^\r\n]{0,60}"
              + "(?:original m|below this line|copy of|header[s]? follow|unsent m|returned m"
              + "|message text|undelivered m|original text|your message)"
              + "|^[ \t>]*(?:Return-Path|Received|Message-ID): "
              + "|^[ \t]*(?:Below is a copy of the original|Original message (?:headers )?follows|Content of the original message)");

  private static final Pattern DAEMON =
      Pattern.compile(
          "mailer-?daemon|post-?master|mail ?delivery|mail administrator|mdaemon|bounce"
              + "|mail ?system|delivery (?:sub)?system");
  private static final Pattern FAILED_SUBJECT =
      Pattern.compile(
          "undeliver|unable to deliver|failure notice|delivery (?:status |has )?(?:notification|fail"
              + "|error|problem|report)|(?:failed|failure).{0,20}(?:mail|deliver|message)"
              + "|returned (?:mail|to sender|message)|(?:not|n't|cannot) be delivered|not delivered"
              + "|mail (?:system )?(?:error|failure)|message (?:bounced|rejected|not sent)"
              + "|unzustellbar|nicht zugestellt|non ?remis|mail could not|delivery status"
              + "|bounced? (?:mail|message)|rejected mail|user unknown");
  private static final Pattern FAILED_OPENING =
      Pattern.compile(
          "(?i)this is the .{0,80}(?:qmail|program|mail system|mailer|server)"
              + "|created automatically by mail delivery software"
              + "|(?:was|were|could) ?n[o']t (?:be )?(?:able to )?deliver"
              + "|(?:unable|failed) to deliver|(?:delivery|message).{0,60}(?:failed|has failed)"
              + "|not delivered to|returned to (?:the )?sender|permanent (?:fatal )?error"
              + "|undeliverable|(?:can ?not|can't|could not) be delivered|was not delivered"
              + "|did not reach|error.{0,40}attempting to deliver");
  private static final Pattern DELAY =
      Pattern.compile(
          "(?i)delay(?:ed)?\\b|still being retried|could not send message for past|not yet"
              + "|warning: message|\\(delay\\)");
  private static final Pattern DELAY_WORDS =
      Pattern.compile(
          "(?i)this is a warning message only|do not need to (?:re-?send|take)"
              + "|(?:delivery|delivery attempts) will (?:continue|be retried)"
              + "|will (?:keep|continue) (?:trying|to (?:try|be))|no action is required"
              + "|has not (?:yet )?been delivered|message is delayed|temporary (?:delivery )?delay");
  private static final Pattern AUTOMATIC_SUBJECT =
      Pattern.compile(
          "^(?:auto(?:matic|matische|mated)?[ -:]|autoreply|autoresponse|out of (?:the )?office"
              + "|abwesen|vacation|away |i'?m away|absence|réponse automatique|respuesta auto)"
              + "|out of (?:the )?office|vacation|auto-?reply|abwesenheits");

  private PlainReport() {}

  static MailFeedback of(ReadMail mail, String sender) {
    String words = words(mail);
    if (isDaemon(mail, sender) && isDelay(mail, words)) {
      return new Nothing(Why.DELAYED);
    }
    if (isFailure(mail, sender, words)) {
      return new Bounced(Diagnosis.in(words));
    }
    return new Nothing(isAutomatic(mail, sender) ? Why.AUTOMATIC : Why.ORDINARY);
  }

  /** What comes before the copy of our mail. */
  static String words(ReadMail mail) {
    String all = mail.words();
    Matcher original = ORIGINAL.matcher(all);
    String words = original.find() ? all.substring(0, original.start()) : all;
    return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
  }

  private static boolean isFailure(ReadMail mail, String sender, String words) {
    Fields header = mail.header();
    if (header.has("x-failed-recipients")) {
      return true;
    }
    String subject = subject(mail);
    if (AUTOMATIC_SUBJECT.matcher(subject).find()) {
      return false;
    }
    boolean failed = FAILED_SUBJECT.matcher(subject).find() || FAILED_OPENING.matcher(words).find();
    boolean daemon = isDaemon(mail, sender);
    Diagnosis diagnosis = Diagnosis.in(words);
    boolean reasoned =
        diagnosis.status().kind() >= 4 || diagnosis.bounceClass() == BounceClass.HARD;
    return failed ? daemon || reasoned : daemon && reasoned;
  }

  private static boolean isDaemon(ReadMail mail, String sender) {
    return sender.isEmpty()
        || DAEMON.matcher(mail.header().first("from").toLowerCase(Locale.ROOT)).find();
  }

  private static boolean isDelay(ReadMail mail, String words) {
    return DELAY.matcher(subject(mail)).find() || DELAY_WORDS.matcher(words).find();
  }

  /** RFC 3834, and the signs from before it. */
  private static boolean isAutomatic(ReadMail mail, String sender) {
    Fields header = mail.header();
    String precedence = header.first("precedence").toLowerCase(Locale.ROOT);
    return sender.isEmpty()
        || isAnswer(mail)
        || header.first("auto-submitted").toLowerCase(Locale.ROOT).startsWith("auto-")
        || precedence.matches("bulk|junk|list")
        || header.has("list-id");
  }

  /** To something that was sent, by nobody. */
  static boolean isAnswer(ReadMail mail) {
    Fields header = mail.header();
    return header.first("auto-submitted").toLowerCase(Locale.ROOT).startsWith("auto-replied")
        || header.first("precedence").equalsIgnoreCase("auto_reply")
        || header.has("x-autoreply")
        || header.has("x-autorespond")
        || header.has("x-auto-reply-from")
        || AUTOMATIC_SUBJECT.matcher(subject(mail)).find();
  }

  private static String subject(ReadMail mail) {
    return mail.header().first("subject").toLowerCase(Locale.ROOT);
  }
}
