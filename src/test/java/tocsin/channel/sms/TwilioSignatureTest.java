package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSignatureTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String OFFICIAL_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
  private static final List<Entry<String, String>> OFFICIAL_FORM =
      List.of(
          Map.entry("Digits", "1234"),
          Map.entry("CallSid", "CA1234567890ABCDE"),
          Map.entry("To", "+18005551212"),
          Map.entry("Caller", "+14158675309"),
          Map.entry("From", "+14158675309"));
  private static final String STATUS_URL =
      "https://gw.example.com/hooks/twilio/status?d=dlv_7Yk2Qv";
  private static final List<Entry<String, String>> STATUS_FORM =
      List.of(
          Map.entry("AccountSid", "AC" + "a".repeat(32)),
          Map.entry("ApiVersion", "2010-04-01"),
          Map.entry("ErrorCode", "30005"),
          Map.entry("From", "+15005550006"),
          Map.entry("MessageSid", "SM" + "c".repeat(32)),
          Map.entry("MessageStatus", "undelivered"),
          Map.entry("SmsSid", "SM" + "c".repeat(32)),
          Map.entry("SmsStatus", "undelivered"),
          Map.entry("To", "+15005550009"));
  private static final String INBOUND_URL = "https://gw.example.com/hooks/twilio/inbound";
  private static final String HASH =
      "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  private static final byte[] JSON =
      "{\"property\": \"value\", \"boolean\": true}".getBytes(StandardCharsets.UTF_8);

  private final TwilioSignature signature = new TwilioSignature(TOKEN);

  @ParameterizedTest
  @ValueSource(strings = {"RSOYDt4T1cUTdK1PDd93/VVr8B8=", "kvajT1Ptam85bY51eRf/AJRuM3w="})
  void theOfficialFormIsVerifiedWithAndWithoutThePort(String signed) {
    assertThat(new TwilioSignature("12345").verifies(OFFICIAL_URL, OFFICIAL_FORM, signed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOnlfT+yItNJOgx4yG1aq8VhFao=", "6T9B3nVgKhEn15rGWdI6272df1w="})
  void aStatusIsVerifiedWithAndWithoutThePort(String signed) {
    String withPort = STATUS_URL.replace(".com/", ".com:443/");

    assertThat(signature.verifies(STATUS_URL, STATUS_FORM, signed)).isTrue();
    assertThat(signature.verifies(withPort, STATUS_FORM, signed)).isTrue();
  }

  @Test
  void anInboundStopIsVerified() {
    var form =
        List.of(
            Map.entry("AccountSid", "AC" + "a".repeat(32)),
            Map.entry("Body", "STOP"),
            Map.entry("From", "+15005550009"),
            Map.entry("MessageSid", "SM" + "d".repeat(32)),
            Map.entry("NumMedia", "0"),
            Map.entry("OptOutType", "STOP"),
            Map.entry("To", "+15005550006"));

    assertThat(signature.verifies(INBOUND_URL, form, "zhPkxazIji0WEo07kTXchK0v2IA=")).isTrue();
  }

  @Test
  void textOutsideAsciiIsVerified() {
    var form =
        List.of(
            Map.entry("Body", "Arrêt ñ €"),
            Map.entry("From", "+33600000000"),
            Map.entry("To", "+15005550006"));

    assertThat(signature.verifies(INBOUND_URL, form, "2oyy8gMpSXYMgCj2d+eaiJ382PA=")).isTrue();
  }

  @Test
  void anEmptyFormIsVerified() {
    assertThat(signature.verifies(INBOUND_URL, List.of(), "dUYFbC4OeKE327wbPAgZCBqw9SE=")).isTrue();
  }

  @Test
  void theOrderOfTheFieldsDoesNotMatter() {
    var shuffled = new ArrayList<>(STATUS_FORM);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(signature.verifies(STATUS_URL, shuffled, "LOnlfT+yItNJOgx4yG1aq8VhFao=")).isTrue();
  }

  @Test
  void aRepeatedValueCountsOnce() {
    var twice = Stream.concat(STATUS_FORM.stream(), STATUS_FORM.stream()).toList();

    assertThat(signature.verifies(STATUS_URL, twice, "LOnlfT+yItNJOgx4yG1aq8VhFao=")).isTrue();
  }

  @Test
  void severalValuesOfOneFieldCountInOrder() {
    var form = List.of(Map.entry("A", "2"), Map.entry("A", "1"), Map.entry("A", "2"));
    String signed = "T96XGWCjk51vtQvUXiK6wO5ZbDM=";

    assertThat(new RequestValidator(TOKEN).validate(INBOUND_URL, Map.of("A", "1A2"), signed))
        .isTrue();
    assertThat(signature.verifies(INBOUND_URL, form, signed)).isTrue();
  }

  @Test
  void namesAreCaseSensitive() {
    var form = new ArrayList<>(STATUS_FORM);
    form.set(0, Map.entry("accountSid", "AC" + "a".repeat(32)));

    assertThat(signature.verifies(STATUS_URL, form, "LOnlfT+yItNJOgx4yG1aq8VhFao=")).isFalse();
  }

  @Test
  void oneFieldMoreOrAnotherPathIsRefused() {
    var more = new ArrayList<>(STATUS_FORM);
    more.add(Map.entry("RawDlrDoneDate", "2601151030"));

    assertThat(signature.verifies(STATUS_URL, more, "LOnlfT+yItNJOgx4yG1aq8VhFao=")).isFalse();
    assertThat(signature.verifies(STATUS_URL + "x", STATUS_FORM, "LOnlfT+yItNJOgx4yG1aq8VhFao="))
        .isFalse();
    assertThat(
            new TwilioSignature("another")
                .verifies(STATUS_URL, STATUS_FORM, "LOnlfT+yItNJOgx4yG1aq8VhFao="))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LOnlfT+yItNJOgx4yG1aq8VhFao", "lOnlfT+yItNJOgx4yG1aq8VhFao=", "€"})
  void anotherSignatureIsRefused(String signed) {
    assertThat(signature.verifies(STATUS_URL, STATUS_FORM, signed)).isFalse();
  }

  @Test
  void aBodyIsVerifiedByItsHashInTheUrl() {
    assertThat(
            new TwilioSignature("12345")
                .verifiesBody(
                    OFFICIAL_URL + "&bodySHA256=" + HASH, JSON, "a9nBmqA0ju/hNViExpshrM61xv4="))
        .isTrue();
    assertThat(
            signature.verifiesBody(
                "https://gw.example.com/hooks/twilio/events?bodySHA256=" + HASH,
                JSON,
                "myyjYwotwr1DjfUUysNKVck0pxk="))
        .isTrue();
  }

  @Test
  void aBodyWithoutItsHashOrWithAnotherIsRefused() {
    var official = new TwilioSignature("12345");
    String url = OFFICIAL_URL + "&bodySHA256=" + HASH;

    assertThat(official.verifiesBody(url, new byte[0], "a9nBmqA0ju/hNViExpshrM61xv4=")).isFalse();
    assertThat(official.verifiesBody(OFFICIAL_URL, JSON, "a9nBmqA0ju/hNViExpshrM61xv4=")).isFalse();
    assertThat(official.verifiesBody(url + "00", JSON, "a9nBmqA0ju/hNViExpshrM61xv4=")).isFalse();
  }
}
