package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tocsin.audience.DeliveryId;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.store.TestDatabase;

class KeysTest {
  private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
  private static final DeliveryId ID = new DeliveryId(7, 4711);

  @Test
  void bouncesGoToTheSenderUnlessADomainIsSet() throws SettingsException {
    assertThat(returnPath(Map.of("TOCSIN_MAIL_FROM", "Acme <status@example.com>")))
        .isEqualTo("status@example.com");
  }

  @Test
  void bouncesLeadBackOnEveryNodeOfOneDatabase() throws SettingsException {
    Map<String, String> settings = Map.of("TOCSIN_MAIL_BOUNCE_DOMAIN", "Bounces.example.com");
    Vertx vertx = Vertx.vertx();
    try {
      Pool pool = TestDatabase.fresh(vertx);
      String ofOne = returnPath(settings, pool);

      assertThat(ofOne).matches("b\\.d7-3mv\\.20468\\.[a-z2-7]{16}@bounces\\.example\\.com");
      assertThat(returnPath(settings, pool)).isEqualTo(ofOne);
      assertThat(returnPath(settings)).isNotEqualTo(ofOne);
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void linksThatAnEarlierKeySignedStillWork() throws SettingsException {
    Map<String, String> first = Map.of("TOCSIN_LINK_KEY", "the first key of all");
    Map<String, String> second =
        Map.of(
            "TOCSIN_LINK_KEY", "another key of ours",
            "TOCSIN_LINK_KEY_EARLIER", "the first key of all");
    Map<String, String> forgotten = Map.of("TOCSIN_LINK_KEY", "another key of ours");
    Vertx vertx = Vertx.vertx();
    try {
      Pool pool = TestDatabase.fresh(vertx);
      String unset = tokens(Map.of(), pool).token(Purpose.UNSUBSCRIBE, 7);
      String old = tokens(first, pool).token(Purpose.UNSUBSCRIBE, 7);

      assertThat(tokens(second, pool).read(Purpose.UNSUBSCRIBE, old)).isPresent();
      assertThat(tokens(second, pool).read(Purpose.UNSUBSCRIBE, unset)).isPresent();
      assertThat(tokens(second, pool).token(Purpose.UNSUBSCRIBE, 7)).isNotEqualTo(old);
      assertThat(tokens(forgotten, pool).read(Purpose.UNSUBSCRIBE, old)).isEmpty();
      Map<String, String> leaked =
          Map.of("TOCSIN_LINK_KEY", "another key of ours", "TOCSIN_LINK_KEY_OWN", "refused");
      assertThat(tokens(leaked, pool).read(Purpose.UNSUBSCRIBE, unset)).isEmpty();
    } finally {
      vertx.close().await();
    }
  }

  private static LinkTokens tokens(Map<String, String> settings, Pool pool)
      throws SettingsException {
    return Keys.load(Settings.load(null, settings), pool, new SecureRandom()).ways().tokens();
  }

  private static String returnPath(Map<String, String> settings) throws SettingsException {
    Vertx vertx = Vertx.vertx();
    try {
      return returnPath(settings, TestDatabase.fresh(vertx));
    } finally {
      vertx.close().await();
    }
  }

  private static String returnPath(Map<String, String> settings, Pool pool)
      throws SettingsException {
    Keys keys = Keys.load(Settings.load(null, settings), pool, new SecureRandom());
    return keys.ways().returnPath().of(ID, NOW);
  }
}
