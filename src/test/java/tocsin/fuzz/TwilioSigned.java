package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what Twilio posts, so that hostile fields get past the signature. */
record TwilioSigned(String publicUrl, String token) {
  String header(String target, SortedMap<String, String> fields) {
    StringBuilder signed = new StringBuilder(publicUrl + target);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      signed.append(field.getKey()).append(field.getValue());
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      byte[] signature = mac.doFinal(signed.toString().getBytes(UTF_8));
      return "X-Twilio-Signature: " + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }
}
