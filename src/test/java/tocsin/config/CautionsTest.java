package tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CautionsTest {
  private static final Map<String, String> MAIL =
      Map.of(
          "TOCSIN_SMTP_HOST", "mail.example.com",
          "TOCSIN_MAIL_FROM", "status@example.com",
          "TOCSIN_PUBLIC_URL", "https://status.example.com");
  private static final Map<String, String> TEXTS =
      Map.of(
          "TOCSIN_TWILIO_ACCOUNT_SID",
          "AC" + "0".repeat(32),
          "TOCSIN_TWILIO_AUTH_TOKEN",
          "0".repeat(32),
          "TOCSIN_TWILIO_FROM",
          "+15005550006",
          "TOCSIN_SMS_COUNTRIES",
          "DE");

  @Test
  void whoTellsNobodyNeedsNoCaution() throws SettingsException {
    assertThat(cautions(Map.of())).isEmpty();
  }

  @Test
  void linksOfMessagesLeadToThisGateway() throws SettingsException {
    assertThat(cautions(MAIL)).isEmpty();
    assertThat(cautions(with(MAIL, "TOCSIN_PUBLIC_URL", "")))
        .singleElement()
        .asString()
        .contains("public.url is http://localhost:8080");
    assertThat(cautions(with(TEXTS, "TOCSIN_PUBLIC_URL", "https://[::1]:8443")))
        .singleElement()
        .asString()
        .contains("public.url");
  }

  @Test
  void oneClickUnsubscribeNeedsHttps() throws SettingsException {
    String plain = "http://status.example.com";

    assertThat(cautions(with(MAIL, "TOCSIN_PUBLIC_URL", plain)))
        .singleElement()
        .asString()
        .contains("RFC 8058");
    assertThat(cautions(with(TEXTS, "TOCSIN_PUBLIC_URL", plain))).isEmpty();
  }

  @Test
  void signaturesSpeakForTheSender() throws SettingsException {
    Map<String, String> signed = new HashMap<>(MAIL);
    signed.put("TOCSIN_MAIL_DKIM_SELECTOR", "s1");
    signed.put("TOCSIN_MAIL_DKIM_KEY", DkimPrivateKeyTest.pem("Ed25519", 255));

    assertThat(cautions(with(signed, "TOCSIN_MAIL_DKIM_DOMAIN", "mail.example.com"))).isEmpty();
    assertThat(cautions(with(signed, "TOCSIN_MAIL_DKIM_DOMAIN", "example.net")))
        .singleElement()
        .asString()
        .contains("example.net", "DMARC");
  }

  @Test
  void textsAreNotSentWhereverStrangersLike() throws SettingsException {
    Map<String, String> texts = with(TEXTS, "TOCSIN_PUBLIC_URL", "https://status.example.com");

    assertThat(cautions(texts)).isEmpty();
    assertThat(cautions(with(texts, "TOCSIN_SMS_COUNTRIES", "")))
        .singleElement()
        .asString()
        .contains("sms.countries");
  }

  private static List<String> cautions(Map<String, String> environment) throws SettingsException {
    return Cautions.of(Settings.load(null, environment));
  }

  private static Map<String, String> with(Map<String, String> some, String key, String value) {
    Map<String, String> all = new HashMap<>(some);
    all.put(key, value);
    return all;
  }
}
