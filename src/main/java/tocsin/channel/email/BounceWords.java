package tocsin.channel.email;

import java.util.regex.Pattern;

/**
 * How mail servers put in words what they have no code for. Gaps are bounded, so that no text makes
 * a search long.
 */
enum BounceWords {
  /** We are refused. */
  POLICY(
      "spam|policy|\\bblock(?:ed|ing|s)?\\b|block ?list|black ?list|reputation|banned|dmarc"
          + "|\\bspf\\b|\\bdkim\\b|denied|unsolicited|\\br?bls?\\b|dnsbl|junk|bulk mail|phish"
          + "|virus|malware|malicious|suspicious|prohibited|unauthenticated|not authori[sz]ed"
          + "|authentication (?:is )?required|content (?:was )?re(?:jected|fused)"
          + "|reverse (?:dns|lookup|mapping)|\\bptr\\b|relay(?:ing)? (?:not|access|is)"
          + "|unable to relay|sender (?:address )?(?:rejected|verif|refused|not allowed)"
          + "|sender was rejected|poor sender|abus(?:e|ive)|complaints|rejected by (?:an? |the )?(?:filter|admin)"),
  /** The part of the above that nothing else can be meant by. */
  SPAM(
      "\\bspam|block ?list|black ?list|\\bblocked\\b|reputation|dmarc|\\bspf\\b|\\bdkim\\b"
          + "|unsolicited|dnsbl|by policy|policy (?:reason|violation|restriction)"),
  NO_CAPABILITY("smtputf8|internationali[sz]ed (?:mail|e-?mail|address)"),
  TOO_BIG(
      "too (?:big|large|long) (?:message|mail)|(?:message|mail|header)s?.{0,30}too (?:big|large|long)"
          + "|(?:message|mail|header) (?:size|length)|(?:message|mail) exceeds"
          + "|size (?:exceeds|limit)|larger than"),
  FULL(
      "over ?quota|quota (?:is )?(?:exceeded|full)|out of (?:storage|disk|quota)"
          + "|(?:mail ?box|inbox|mail ?folder|maildir|account|storage|disk|quota).{0,40}"
          + "(?:\\bfull\\b|exceed|\\bover\\b|overdrawn)"
          + "|exceed(?:s|ed|ing)?.{0,40}(?:quota|storage|space|mailbox)|full mail ?box"
          + "|(?:insufficient|not enough|no) (?:system )?(?:disk )?(?:storage|space|room)"),
  LOOP("\\bloop|too many hops|hop ?count|hops exceeded|too many received"),
  EXPIRED(
      "expired|tim(?:ed|e) ?-?out|giving up|given up trying|too long|retry time|in the queue"
          + "|not been able to|try again|connection refused|could not connect|unable to connect"
          + "|temporar|delivery attempts"),
  DISABLED(
      "disabled|suspended|inactive|deactivated|\\blocked\\b|discontinued|not active|dormant"
          + "|not accepting|cannot accept|no longer accept|over its rate|receiving.{0,30}too"),
  NO_MAILBOX(
      "(?:user|mail ?box|recipient|address|addressee|account|alias)s?\\b.{0,60}"
          + "(?:unknown|not (?:be )?found|not exist|n't exist|no longer|invalid|not known|non-?exist"
          + "|not recogni[sz]ed|not listed|not (?:a )?valid|not our|has been (?:deleted|removed))"
          + "|(?:no such|unknown|invalid|non-?existent|unrecogni[sz]ed|not a valid|no valid)"
          + " (?:local |e-?mail |destination )?"
          + "(?:user|mail ?box|recipient|address|account|addressee|person|alias|name)"
          + "|no (?:mailbox|account|user|recipient)s? (?:here )?(?:by|with|of) (?:that|this) name"
          + "|n't have an? .{0,30}account|does not have an? .{0,30}account|recipnotfound"
          + "|not have (?:that|this) (?:user|mailbox|account)|no mailbox here"
          + "|not (?:a )?local (?:user|mailbox)|user'?s? not (?:listed|registered)"
          + "|requested (?:mail )?action not taken: mailbox unavailable"
          + "|empf(?:ä|ae)nger.{0,40}(?:unbekannt|nicht gefunden|existiert nicht)"),
  NO_HOST(
      "(?:host|domain|server)(?: name)?s?\\b.{0,60}"
          + "(?:unknown|not found|not exist|n't exist|non-?exist|invalid|unresolvable)"
          + "|(?:no such|unknown|bad destination|bad|invalid|non-?existent) (?:host|domain)"
          + "|unrout(?:e)?able|nxdomain|null mx|find any host named|no mx record"
          + "|does not (?:accept|receive) (?:e-?)?mail|takes no mail"),
  /** The name servers were in trouble: next time they may know. */
  NO_ANSWER_OF_DNS("try again|servfail|dns.{0,20}(?:time|temporar)|temporary lookup");

  private final Pattern pattern;

  BounceWords(String alternatives) {
    this.pattern = Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
  }

  boolean in(String text) {
    return pattern.matcher(text).find();
  }
}
