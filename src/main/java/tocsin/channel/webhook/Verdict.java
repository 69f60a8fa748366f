package tocsin.channel.webhook;

/** What the policy says to a URL. */
public sealed interface Verdict {

  /** It may be called, as far as its text goes; its addresses are checked at each attempt. */
  record Allowed(Target target) implements Verdict {}

  /**
   * It may not.
   *
   * @param reason fit for whoever gave the URL; never repeats any of it
   */
  record Refused(String reason) implements Verdict {}
}
