package tocsin.render;

import java.nio.charset.StandardCharsets;

/**
 * An event, the same for everyone of one update, dialect, locale and zone, but for a token where it
 * names a way to unsubscribe.
 *
 * @param body JSON in UTF-8; shared, never written to
 * @param tokenAt where the token is put in; negative for none
 */
@SuppressWarnings("ArrayRecordComponent") // shared bytes, never compared
public record PreparedWebhook(byte[] body, int tokenAt) implements Prepared {

  static PreparedWebhook of(String json) {
    return new PreparedWebhook(json.getBytes(StandardCharsets.UTF_8), -1);
  }

  /** With the token in place of the mark, which occurs once. */
  static PreparedWebhook personal(String json, String mark) {
    int at = json.indexOf(mark);
    String before = json.substring(0, at);
    return new PreparedWebhook(
        (before + json.substring(at + mark.length())).getBytes(StandardCharsets.UTF_8),
        before.getBytes(StandardCharsets.UTF_8).length);
  }

  public boolean isPersonal() {
    return tokenAt >= 0;
  }

  /** For one recipient; the token needs no escaping in JSON. */
  public byte[] patched(String unsubscribeToken) {
    byte[] token = unsubscribeToken.getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[body.length + token.length];
    System.arraycopy(body, 0, whole, 0, tokenAt);
    System.arraycopy(token, 0, whole, tokenAt, token.length);
    System.arraycopy(body, tokenAt, whole, tokenAt + token.length, body.length - tokenAt);
    return whole;
  }
}
