package tocsin.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitKeyTest {

  @ParameterizedTest
  @CsvSource({
    "email,true",
    "email:domain:example.com,true",
    "email:domain:*,true",
    "sms:sender:+15005550006,true",
    "webhook:host:hooks.example.com,true",
    "webhook:endpoint:17,true",
    "webhook:endpoint:*,true",
    "recipient,true",
    "webhook:endpoint:0,false",
    "webhook:endpoint:hooks,false",
    "recipient:*,false",
    "email:domain:,false",
    "email:domain:EXAMPLE.com,false",
    "webhook,true",
    "webhook:host:a/b,false",
    "fax,false"
  })
  void onlyKeysThatMeanSomethingAreKept(String key, boolean valid) {
    assertThat(LimitKey.isValid(key)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "email:domain:example.com,email:domain:*",
    "webhook:endpoint:17,webhook:endpoint:*",
    "recipient,recipient"
  })
  void aDefaultStandsForTheLastPlace(String key, String fallback) {
    assertThat(LimitKey.fallback(key)).isEqualTo(fallback);
  }
}
