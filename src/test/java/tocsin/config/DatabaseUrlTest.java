package tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.config.DatabaseUrl.SslMode;

class DatabaseUrlTest {
  @Test
  void allPartsAreRead() {
    assertThat(
            DatabaseUrl.parse(
                "postgresql://us%40er:p%3Aw%2F+%25@db_1.example:6432/to-csin?sslmode=verify-full"))
        .isEqualTo(
            new DatabaseUrl(
                "db_1.example",
                6432,
                "to-csin",
                "us@er",
                new Secret("p:w/+%"),
                SslMode.VERIFY_FULL,
                null));
  }

  @Test
  void thePortAndThePasswordAndTheParametersMayBeMissing() {
    assertThat(DatabaseUrl.parse("postgres://me@[::1]/db"))
        .isEqualTo(new DatabaseUrl("::1", 5432, "db", "me", new Secret(""), SslMode.PREFER, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:p@h/db",
        "postgresql://h/db",
        "postgresql://u:p@h",
        "postgresql://u:p@h/",
        "postgresql://u:p@h:0/db",
        "postgresql://u:p@q@h/db",
        "postgresql://u:p@h/db?sslmode=on",
        "postgresql://u:p@h/db?sslmode",
        "postgresql://u:p@h/db?user=x",
        "postgresql://u:p@h/db?sslrootcert=/nowhere.pem"
      })
  void anythingElseIsRefused(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUrl.parse(url));
  }

  @Test
  void itPrintsWithoutThePassword() {
    assertThat(DatabaseUrl.parse("postgres://me:hunter2@h/db").toString())
        .doesNotContain("hunter2");
  }
}
