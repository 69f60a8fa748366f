package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "a@example.com, a@example.com, a@example.com",
    "First.Last+tag@Example.COM, First.Last+tag@example.com, first.last+tag@example.com",
    "o'brien@mail.example.co.uk, o'brien@mail.example.co.uk, o'brien@mail.example.co.uk",
    "a@xn--fa-hia.de, a@xn--fa-hia.de, a@xn--fa-hia.de",
    "a@bücher.example, a@xn--bcher-kva.example, a@xn--bcher-kva.example",
    "a@BÜCHER.example, a@xn--bcher-kva.example, a@xn--bcher-kva.example"
  })
  void keepsTheLocalPartAndWritesTheDomainInAscii(String typed, String text, String key) {
    assertThat(EmailAddress.check(typed)).isEqualTo(new Address(Channel.EMAIL, text, key));
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
        "ä@example.com",
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
