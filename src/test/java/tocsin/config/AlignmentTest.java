package tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, status.example.com, true",
    "mail.example.com, example.com, true",
    "mail.example.com, news.example.com, true",
    "Example.COM, example.com, true",
    "example.co.uk, status.example.co.uk, true",
    "mail.example.de, example.de, true",
    "other.co.uk, example.co.uk, false",
    "example.com, example.org, false",
    "example.com, badexample.com, false",
    "relay.example.net, example.com, false",
    "localhost, example.com, false"
  })
  void isOfOneOrganization(String signer, String sender, boolean aligned) {
    assertThat(Alignment.of(signer, sender)).isEqualTo(aligned);
  }
}
