package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tocsin.audience.DeliveryId;

/** A log line can be found by what it is about. */
class JsonLogTest {
  private static final Logger logger = (Logger) LoggerFactory.getLogger(JsonLogTest.class);

  @Test
  void whatALineNamesIsAMember() {
    JsonObject line =
        json("part.done incident={} update={} sent={} late={}", "web-outage", 2, 7L, true);

    assertThat(line.getString("event")).isEqualTo("part.done");
    assertThat(line.getString("incident")).isEqualTo("web-outage");
    assertThat(line.getInteger("update")).isEqualTo(2);
    assertThat(line.getBoolean("late")).isTrue();
    assertThat(line.getString("formattedMessage"))
        .isEqualTo("part.done incident=web-outage update=2 sent=7 late=true");
    assertThat(line.getString("level")).isEqualTo("INFO");
  }

  @Test
  void aDeliveryIsNamedByItsId() {
    assertThat(json("delivery.crashed delivery={}", new DeliveryId(7, 4711)).getString("delivery"))
        .isEqualTo("d7_3mv");
  }

  @Test
  void whatIsNoFieldOrNeedsEscapingBreaksNothing() {
    JsonObject line = json("said {} detail={} more", "first", "a \"quote\"\n and \\ more");

    assertThat(line.getString("detail")).isEqualTo("a \"quote\"\n and \\ more");
    assertThat(json("nothing to add").getString("formattedMessage")).isEqualTo("nothing to add");
    assertThat(json("nothing to add").containsKey("event")).isFalse();
  }

  private static JsonObject json(String message, Object... arguments) {
    JsonLog log = new JsonLog();
    log.start();
    byte[] encoded =
        log.encode(new LoggingEvent("caller", logger, Level.INFO, message, null, arguments));
    return new JsonObject(new String(encoded, StandardCharsets.UTF_8));
  }
}
