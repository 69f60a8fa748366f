package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

  @Test
  void isAConnectionThatIsLostOrRefused() {
    assertThat(DatabaseOutage.is(ClosedConnectionException.INSTANCE)).isTrue();
    assertThat(DatabaseOutage.is(new ConnectException("refused"))).isTrue();
  }

  @Test
  void isNotWhateverTakesLong() {
    assertThat(DatabaseOutage.is(new TimeoutException("an endpoint"))).isFalse();
  }
}
