package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "a@example.com, a@example.com, a@example.com",
    "First.Last+tag@Example.COM, First.Last+tag@example.com, first.last+tag@example.com",
    "o'brien@mail.example.co.uk, o'brien@mail.example.co.uk, o'brien@mail.example.co.uk",
    "a@xn--fa-hia.de, a@xn--fa-hia.de, a@xn--fa-hia.de",
    "a@xn--i-7iq.example, a@xn--i-7iq.example, a@xn--i-7iq.example",
    "a@XN--MGBH0FB.example, a@xn--mgbh0fb.example, a@xn--mgbh0fb.example",
    "a@bücher.example, a@xn--bcher-kva.example, a@xn--bcher-kva.example",
    "a@BÜCHER.example, a@xn--bcher-kva.example, a@xn--bcher-kva.example",
    "a@bu\u0308cher.example, a@xn--bcher-kva.example, a@xn--bcher-kva.example",
    "Jörg@Bücher.example, Jörg@xn--bcher-kva.example, jörg@xn--bcher-kva.example",
    "Jo\u0308rg@example.com, Jörg@example.com, jörg@example.com",
    "用户@例子.广告, 用户@xn--fsqu00a.xn--4rr70v, 用户@xn--fsqu00a.xn--4rr70v",
    "उपयोगकर्ता@उदाहरण.कॉम, उपयोगकर्ता@xn--p1b6ci4b4b3a.xn--11b4c3d, उपयोगकर्ता@xn--p1b6ci4b4b3a.xn--11b4c3d",
    "χρήστης@παράδειγμα.ελ, χρήστης@xn--hxajbheg2az3al.xn--qxam, χρήστης@xn--hxajbheg2az3al.xn--qxam",
    "дуня@пример.рф, дуня@xn--e1afmkfd.xn--p1ai, дуня@xn--e1afmkfd.xn--p1ai",
    "x@דוגמה.example, x@xn--6dbbec0c.example, x@xn--6dbbec0c.example"
  })
  void isKeptAsTypedAndGoesOutWithItsDomainInAscii(String typed, String wire, String key) {
    assertThat(EmailAddress.check(typed)).isEqualTo(new Address(Channel.EMAIL, typed, key));
    assertThat(EmailAddress.wire(typed)).isEqualTo(wire);
  }

  @Test
  void lengthsAreInOctets() {
    assertThat(EmailAddress.check("é".repeat(32) + "@example.com")).isInstanceOf(Address.class);
    assertThat(EmailAddress.check("é".repeat(33) + "@example.com"))
        .isInstanceOf(AddressCheck.Refused.class);
    String domain = "dd.".repeat(60) + "com";
    int room = 254 - 1 - domain.length();
    assertThat(EmailAddress.check("é".repeat(28) + "@" + "d".repeat(room - 57) + "." + domain))
        .isInstanceOf(Address.class);
    assertThat(EmailAddress.check("é".repeat(28) + "@" + "d".repeat(room - 56) + "." + domain))
        .isInstanceOf(AddressCheck.Refused.class);
  }

  @Test
  void aDomainThatTwoStandardsReadDifferentlyIsRefusedWithTheWayOut() {
    assertThat(EmailAddress.check("a@faß.de"))
        .isEqualTo(
            new AddressCheck.Refused(
                "must have a domain that every version of IDNA reads alike; its ASCII form,"
                    + " xn--..., is always taken"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@xn--a.com",
        "a@xn--.com",
        "a@xn--example-.com",
        "a@example.xn--zzzzzzzzzzz",
        "a@XN--A.com",
        "a@xn--0.com",
        "a@xn--b-5da.com",
        "a@xn--ab-g4t.com",
        "a@xn--b-wbb.com"
      })
  void aLabelThatStandsForNoNameIsRefusedAndSaysSo(String text) {
    assertThat(EmailAddress.check(text))
        .isEqualTo(
            new AddressCheck.Refused(
                "must have a domain whose labels with xn-- stand for a name (RFC 5890)"));
  }

  static Stream<String> refused() {
    return Stream.of(
        "",
        "a",
        "@example.com",
        "a@",
        "a@b",
        "a@@example.com",
        "a@b@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "a\r\n@example.com",
        "a@exam\nple.com",
        "a\u0000@example.com",
        "a\u0085@example.com",
        "a@example.com\u2028",
        " a@example.com",
        "a b@example.com",
        "<a@example.com>",
        "A <a@example.com>",
        "a@example.com,b@example.com",
        "\"a b\"@example.com",
        ".a@example.com",
        "a.@example.com",
        "a..b@example.com",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@-x.com",
        "a@x-.com",
        "a@x..com",
        "a@.com",
        "a@example.com.",
        "a@ex_ample.com",
        "ä\u0000@example.com",
        "ä\u0085@example.com",
        "ä\u2028@example.com",
        "ä\u202e@example.com",
        "ä\u200d@example.com",
        "ä\u00a0@example.com",
        "ä\ufeff@example.com",
        "ä\ud800@example.com",
        "ä..b@example.com",
        ".ä@example.com",
        "\u201cä b\u201d@example.com",
        "a@\u0301x.com",
        "a@x\u2024com",
        "a@\u202eexample.com",
        "a@אa.example",
        "a@faß.de",
        "a@βόλος.com",
        "a@na\u200dme.com",
        "a@na\u200cme.com",
        "a@na\u00adme.com",
        "a@\uff45xample.com",
        "a@example\u3002com",
        "l".repeat(65) + "@example.com",
        "a@" + "d".repeat(64) + ".com",
        "a@" + "dd.".repeat(90) + "com");
  }

  @ParameterizedTest
  @MethodSource
  void refused(String text) {
    assertThat(EmailAddress.check(text)).isInstanceOf(AddressCheck.Refused.class);
  }

  @Test
  void aRefusalDoesNotRepeatTheAddress() {
    refused()
        .filter(text -> text.length() > 3)
        .forEach(text -> assertThat(EmailAddress.check(text).toString()).doesNotContain(text));
  }
}
