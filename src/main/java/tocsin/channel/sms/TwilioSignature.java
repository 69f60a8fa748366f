package tocsin.channel.sms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the {@code X-Twilio-Signature} header of callbacks. */
public final class TwilioSignature {
  private static final String ALGORITHM = "HmacSHA1";
  private static final Pattern URL =
      Pattern.compile("(?<scheme>https?)://(?<host>[^/?#]*?)(?<port>:[0-9]+)?(?<rest>[/?].*)?");
  private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-f]{64})(?:&|$)");

  private final List<byte[]> tokens;

  /**
   * @param authTokens each may have signed: two while they are rotated
   */
  public TwilioSignature(String... authTokens) {
    this.tokens =
        Stream.of(authTokens).map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * Whether a form or a GET came from Twilio.
   *
   * @param url the public one, as Twilio called it, with the query and without the fragment; the
   *     port is tried with and without
   * @param form every field that came, in any order, names case-sensitive; repeated ones count once
   *     per value
   */
  public boolean verifies(String url, Iterable<Map.Entry<String, String>> form, String signature) {
    Map<String, Set<String>> sorted = new TreeMap<>();
    form.forEach(field ->
        sorted.computeIfAbsent(field.getKey(), name -> new TreeSet<>()).add(field.getValue()));
    StringBuilder fields = new StringBuilder();
    sorted.forEach((name, values) -> values.forEach(value -> fields.append(name).append(value)));
    return variants(url).anyMatch(variant -> matches(variant + fields, signature));
  }

  /** Whether a body of another type came from Twilio; the URL must carry its hash. */
  public boolean verifiesBody(String url, byte[] body, String signature) {
    Matcher hash = BODY_HASH.matcher(url);
    return hash.find()
        && MessageDigest.isEqual(HexFormat.of().parseHex(hash.group(1)), sha256(body))
        && variants(url).anyMatch(variant -> matches(variant, signature));
  }

  private static Stream<String> variants(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return Stream.of(url);
    }
    String origin = parts.group("scheme") + "://" + parts.group("host");
    String rest = parts.group("rest") == null ? "" : parts.group("rest");
    String port = "https".equals(parts.group("scheme")) ? ":443" : ":80";
    return Stream.of(url, origin + rest, origin + port + rest).distinct();
  }

  private boolean matches(String signed, String signature) {
    byte[] claimed = signature.getBytes(StandardCharsets.UTF_8);
    return tokens.stream()
        .anyMatch(token ->
            MessageDigest.isEqual(Base64.getEncoder().encode(mac(token, signed)), claimed));
  }

  private static byte[] mac(byte[] token, String signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(token, ALGORITHM));
      return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
