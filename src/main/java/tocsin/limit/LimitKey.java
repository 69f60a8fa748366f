package tocsin.limit;

import java.util.regex.Pattern;

/**
 * What a limit is kept for, as text: {@code email}, {@code email:domain:example.com}, {@code
 * sms:sender:+15005550006}, {@code webhook:host:hooks.example.com}, {@code webhook:endpoint:17} (a
 * subscriber's id), {@code recipient}. {@code *} in the last place is the default for every domain,
 * sender, host or endpoint that has no limit of its own.
 */
public final class LimitKey {
  private static final Pattern FORM =
      Pattern.compile(
          "email|sms|webhook|recipient"
              + "|email:domain:(\\*|[a-z0-9.-]{1,253})"
              + "|sms:sender:(\\*|\\+[0-9]{5,15}|[A-Za-z0-9 ]{1,34})"
              + "|webhook:host:(\\*|[a-z0-9.:\\[\\]-]{1,253})"
              + "|webhook:endpoint:(\\*|[1-9][0-9]{0,9})");

  /** Of each recipient on its own, whatever the channel. */
  public static final String RECIPIENT = "recipient";

  private LimitKey() {}

  public static boolean isValid(String key) {
    return FORM.matcher(key).matches();
  }

  /** The key whose rate holds where this one has none: {@code email:domain:*}. */
  public static String fallback(String key) {
    int second = key.indexOf(':', key.indexOf(':') + 1);
    return second < 0 ? key : key.substring(0, second + 1) + "*";
  }

  /** The key without what is particular: a label of metrics, {@code email:domain}. */
  public static String family(String key) {
    int second = key.indexOf(':', key.indexOf(':') + 1);
    return second < 0 ? key : key.substring(0, second);
  }

  public static String emailDomain(String address) {
    return "email:domain:" + address.substring(address.lastIndexOf('@') + 1);
  }

  public static String smsSender(String sender) {
    return "sms:sender:" + sender;
  }

  public static String webhookEndpoint(int subscriber) {
    return "webhook:endpoint:" + subscriber;
  }

  public static String webhookHost(String host) {
    return "webhook:host:" + host;
  }
}
