package tocsin.channel.webhook;

/** What the policy says to a URL. */
public sealed interface Admission {

  /** It may be called, as far as its text goes; its addresses are checked at each attempt. */
  record Allowed(Target target) implements Admission {}

  /**
   * It may not.
   *
   * @param reason fit for whoever gave the URL; never repeats any of it
   */
  record Refused(String reason) implements Admission {}
}
