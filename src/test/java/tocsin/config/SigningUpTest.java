package tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningUpTest {
  @Test
  void whereNothingIsSaidAnOptInLivesTwoDaysAndEveryCountryIsTaken() throws SettingsException {
    Settings settings = Settings.load(null, Map.of());

    assertThat(settings.optIn()).isEqualTo(new Settings.OptIn(Duration.ofDays(2), 1_000));
    assertThat(settings.sms().countries()).isEmpty();
  }

  @Test
  void countriesAreReadInAnyCase() {
    assertThat(SigningUp.countries(" de, US,")).containsExactlyInAnyOrder("DE", "US");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX", "DE;US", "Germany", "DE,,Z"})
  void whatIsNoCountryIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningUp.countries(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT23H59M", "PT72H1S", "-PT48H", "2 days", ""})
  void aLifetimeOutsideOfOneToThreeDaysIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningUp.lifetime(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000001", "many", "1e3"})
  void whatIsNoNumberOfOptInsIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningUp.perHour(value));
  }
}
