package tocsin.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;
import tocsin.config.DkimPrivateKey;
import tocsin.config.Settings;
import tocsin.config.Settings.Dkim;
import tocsin.config.Settings.DkimKey;
import tocsin.incident.Status;
import tocsin.incident.Update;

class DkimTest {
  private static final String BODY =
      "Some  **words**, with trailing blanks   \n\n    code  \tand\ttabs\n\n.dots\n\n\n\n";

  private static final KeyPair RSA = pair("RSA");
  private static final KeyPair ED25519 = pair("Ed25519");

  @Test
  void anIndependentVerifierTakesTheRsaSignature() throws Exception {
    SignatureRecord signature = verified(signed("jörg@example.org", key("r1", RSA)));

    assertThat(signature.getDToken()).hasToString("example.com");
    assertThat(signature.getHeaderCanonicalisationMethod()).isEqualTo("relaxed");
    assertThat(signature.getBodyCanonicalisationMethod()).isEqualTo("relaxed");
    assertThat(signature.getSignatureTimestamp())
        .isEqualTo(Updates.ACCEPTED.plusSeconds(5).getEpochSecond());
    assertThat(signature.getBodyHashLimit()).isEqualTo(-1);
  }

  @Test
  void everyRecipientsMailIsSignedAnew() throws Exception {
    PreparedEmail prepared = prepared(key("r1", RSA));

    for (int i = 0; i < 20; i++) {
      verified(Received.of(prepared, "r" + i + "@example.org", "token" + i).raw());
    }
  }

  @Test
  void coversEveryHeaderAndNoneOfThoseThatReadersShowCanBeAdded() throws Exception {
    Received mail = Received.of(prepared(key("r1", RSA)));
    List<String> covered =
        verified(mail.raw()).getHeaders().stream().map(CharSequence::toString).toList();

    List<String> present = new ArrayList<>(mail.headerNames());
    present.remove("DKIM-Signature");
    assertThat(covered)
        .containsAll(present)
        .contains("List-Unsubscribe", "List-Unsubscribe-Post")
        .hasSize(present.size() + 4);
    for (String shown : List.of("From", "To", "Subject", "Date")) {
      assertThat(covered.stream().filter(shown::equals)).as(shown).hasSize(2);
      assertThat(isRefused(shown + ": other@example.net\r\n" + mail.raw())).as(shown).isTrue();
    }
  }

  @Test
  void aChangedMailIsRefused() throws Exception {
    String raw = signed("ann@example.org", key("r1", RSA));

    assertThat(isRefused(raw.replace("code", "Code"))).isTrue();
    assertThat(isRefused(raw.replace("Connectivity trouble", "Another matter"))).isTrue();
    assertThat(isRefused(raw.replace("One-Click", "Two-Click"))).isTrue();
    assertThat(isRefused(raw + "more\r\n")).isTrue();
  }

  @Test
  void bothKeysSign() throws Exception {
    String raw = signed("ann@example.org", key("r1", RSA), key("e1", ED25519));

    assertThat(raw.split("DKIM-Signature:", -1)).hasSize(3);
    verified(raw.substring(0, raw.indexOf("DKIM-Signature:", 1)) + raw.substring(rest(raw)));
    assertThat(isGenuineEd25519(raw.substring(raw.indexOf("DKIM-Signature:", 1)))).isTrue();
    assertThat(isGenuineEd25519(raw.substring(raw.indexOf("DKIM-Signature:", 1)) + "more\r\n"))
        .isFalse();
  }

  @Test
  void signaturesAreLinesOfOrdinaryLengthInAscii() {
    String raw = signed("ann@example.org", key("r1", RSA), key("e1", ED25519));
    String signatures = raw.substring(0, rest(raw));

    assertThat(signatures.lines()).allMatch(line -> line.length() <= 78);
    assertThat(signatures).doesNotContain("l=").matches("[\\x20-\\x7E\r\n]+");
    assertThat(MailOctets.of(raw.getBytes(UTF_8)).isAscii()).isTrue();
  }

  @Test
  void aNoticeToAnOwnerIsSignedToo() throws Exception {
    Dkim dkim = new Dkim("example.com", List.of(key("r1", RSA)));
    Settings.Mail mail = new Settings.Mail(Updates.FROM, null, null, dkim);

    MailOctets notice =
        Updates.notices(mail)
            .mail(
                NoticeWriterTest.NOTICE, "jörg@example.org", "endpoint-event-1", Updates.ACCEPTED);

    assertThat(verified(new String(notice.toByteArray(), UTF_8)).getDToken())
        .hasToString("example.com");
  }

  @Test
  void withoutAKeyNothingIsSigned() {
    assertThat(Received.of(prepared()).raw()).doesNotContain("DKIM-Signature");
  }

  /** Where the headers begin that are not signatures. */
  private static int rest(String raw) {
    Matcher other = Pattern.compile("\r\n(?!DKIM-Signature:)(?=[A-Z])").matcher(raw);
    assertThat(other.find()).isTrue();
    return other.end();
  }

  private static SignatureRecord verified(String raw) throws Exception {
    return verifier().verify(new ByteArrayInputStream(raw.getBytes(UTF_8))).getFirst();
  }

  private static boolean isRefused(String raw) throws Exception {
    try {
      return verifier().verify(new ByteArrayInputStream(raw.getBytes(UTF_8))).isEmpty();
    } catch (FailException refused) {
      return true;
    }
  }

  private static DKIMVerifier verifier() {
    String key = Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded());
    return new DKIMVerifier((methods, selector, domain) -> List.of("v=DKIM1; k=rsa; p=" + key));
  }

  /**
   * Checks the first signature as a receiver would (RFC 8463, 3): written from the standard, line
   * by line, and sharing nothing with the signer.
   */
  private static boolean isGenuineEd25519(String raw) throws Exception {
    List<String> headers = new ArrayList<>();
    int end = raw.indexOf("\r\n\r\n");
    for (String line : raw.substring(0, end).split("\r\n", -1)) {
      if (line.startsWith(" ") || line.startsWith("\t")) {
        headers.add(headers.removeLast() + line);
      } else {
        headers.add(line);
      }
    }
    String own = headers.removeFirst();
    StringBuilder input = new StringBuilder();
    for (String name : tag(own, "h").split(":", -1)) {
      for (int i = headers.size() - 1; i >= 0; i--) {
        if (headers.get(i).regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
          input.append(relaxed(headers.remove(i))).append("\r\n");
          break;
        }
      }
    }
    input.append(relaxed(own.replaceFirst("\\bb=[^;]*$", "b=")));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] digest = sha256.digest(input.toString().getBytes(UTF_8));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(ED25519.getPublic());
    signature.update(digest);
    return signature.verify(Base64.getDecoder().decode(tag(own, "b")))
        && Base64.getEncoder()
            .encodeToString(sha256.digest(body(raw.substring(end + 4)).getBytes(UTF_8)))
            .equals(tag(own, "bh"));
  }

  private static String tag(String header, String name) {
    for (String tag : header.substring(header.indexOf(':') + 1).split(";", -1)) {
      if (tag.strip().startsWith(name + "=")) {
        return tag.strip().substring(name.length() + 1).replaceAll("\\s", "");
      }
    }
    throw new AssertionError("no tag " + name);
  }

  private static String relaxed(String header) {
    int colon = header.indexOf(':');
    String value = header.substring(colon + 1).replaceAll("[ \\t]+", " ").strip();
    return header.substring(0, colon).toLowerCase(Locale.ROOT) + ":" + value;
  }

  private static String body(String body) {
    StringBuilder relaxed = new StringBuilder();
    for (String line : body.replaceAll("(\r\n)*$", "").split("\r\n", -1)) {
      relaxed.append(line.replaceAll("[ \\t]+", " ").replaceAll(" $", "")).append("\r\n");
    }
    return relaxed.toString();
  }

  private static String signed(String recipient, DkimKey... keys) {
    return Received.of(prepared(keys), recipient, Received.TOKEN).raw();
  }

  private static PreparedEmail prepared(DkimKey... keys) {
    Dkim dkim = keys.length == 0 ? null : new Dkim("example.com", List.of(keys));
    Update update = Updates.of(Status.IDENTIFIED, "Connectivity trouble", BODY);
    return Updates.renderer(new Settings.Mail(Updates.FROM, null, null, dkim))
        .email(update, Updates.NAMES, "en", ZoneOffset.UTC);
  }

  private static DkimKey key(String selector, KeyPair pair) {
    return new DkimKey(selector, new DkimPrivateKey(pair.getPrivate()));
  }

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
