package tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;

class DatabaseTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void anExternalDatabaseIsUsedAsItsUrlSays() throws Exception {
    DatabaseUrl url = TestDatabase.url();
    String text =
        "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
            .formatted(url.user(), url.password().value(), url.host(), url.port(), url.database());

    try (var database =
        Database.open(vertx, Settings.load(null, Map.of("TOCSIN_DATABASE_URL", text)))) {
      database.migrate();
      var row =
          database.pool().query("select current_database()").execute().await(20, TimeUnit.SECONDS);
      assertThat(row.iterator().next().getString(0)).isEqualTo(url.database());
    }
  }

  @Test
  void nodesThatMigrateAtOnceWaitForEachOther() throws Exception {
    DatabaseUrl url = TestDatabase.url();
    TestDatabase.execute(url, List.of("drop schema public cascade", "create schema public"));

    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      var migrations =
          Stream.generate(() -> nodes.submit(() -> Migrations.run(url))).limit(4).toList();
      for (var migration : migrations) {
        migration.get(60, TimeUnit.SECONDS);
      }
    }

    TestDatabase.execute(url, List.of("select from incident_update"));
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
    DatabaseUrl url = TestDatabase.url().withDatabase("absent");

    assertThatThrownBy(() -> Migrations.run(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("absent")
        .message()
        .doesNotContain(url.password().value());
  }
}
