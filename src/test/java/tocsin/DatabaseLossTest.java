package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLossTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void aGatewayWhoseEmbeddedServerDiedEndsAndTheNextOneRuns(@TempDir Path folder) throws Exception {
    try (GatewayProcess gateway = new GatewayProcess(folder, Map.of())) {
      gateway.awaitReady();
      gateway.killDatabase();

      assertThat(gateway.exitCode(PATIENCE)).hasValue(1);
    }
    try (GatewayProcess next = new GatewayProcess(folder, Map.of())) {
      next.awaitReady();
    }
  }
}
