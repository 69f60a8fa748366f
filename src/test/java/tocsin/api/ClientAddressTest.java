package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks is whom the outermost of our proxies saw. */
class ClientAddressTest {
  private static final ClientAddress behind =
      new ClientAddress(List.of("10.0.0.0/8", "2001:db8::1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.1.1.1    | 198.51.100.7                         | 198.51.100.7
          10.1.1.1    | 6.6.6.6, 198.51.100.7                | 198.51.100.7
          10.1.1.1    | 6.6.6.6, 198.51.100.7, 10.2.2.2      | 198.51.100.7
          2001:db8::1 | 2001:db8:5::9                        | 2001:db8:5:0:0:0:0:9
          10.1.1.1    | 10.2.2.2                             | 10.2.2.2
          198.51.100.9| 6.6.6.6                              | 198.51.100.9
          """)
  void theLastOneThatIsNoProxyIsTheClient(String peer, String header, String client) {
    assertThat(behind.of(peer, List.of(header))).isEqualTo(client);
  }

  @Test
  void theLinesOfTheHeaderAreOneList() {
    assertThat(behind.of("10.1.1.1", List.of("6.6.6.6", "198.51.100.7", "10.3.3.3")))
        .isEqualTo("198.51.100.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "example.com", "198.51.100.7:80", "1.2.3", ",,,", "%%"})
  void whatIsNoAddressEndsTheSearch(String header) {
    assertThat(behind.of("10.1.1.1", List.of(header))).isEqualTo("10.1.1.1");
  }

  @Test
  void withoutProxiesNoHeaderCounts() {
    assertThat(new ClientAddress(List.of()).of("10.1.1.1", List.of("6.6.6.6")))
        .isEqualTo("10.1.1.1");
  }

  @Test
  void aConnectionWithoutAnAddressIsNobodys() {
    assertThat(behind.of(null, List.of("6.6.6.6"))).isEqualTo("0.0.0.0");
  }
}
