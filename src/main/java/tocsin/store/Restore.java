package tocsin.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tocsin.config.DatabaseUrl;

/**
 * Reads a backup into a database that nothing was ever kept in: all of it or nothing. Numbers that
 * were given out after the backup was made are not given out again, so that an old link leads to
 * nobody else.
 */
public final class Restore {
  /** More than are given out between two backups. */
  private static final int GAP = 100_000;

  private Restore() {}

  /** What was read, as it was at that time. */
  public record Restored(long rows, int tables, Instant at) {}

  /**
   * Blocks until it is done.
   *
   * @param afterwards statements that belong to it
   * @param said gets a line for each table
   * @throws StoreException when the backup is damaged or of a newer version, or the database is not
   *     empty; nothing is in the database then
   */
  public static Restored read(
      BackupFile backup, DatabaseUrl url, List<String> afterwards, Consumer<String> said) {
    Manifest manifest = backup.manifest();
    try {
      refuseKept(url);
      if (!Migrations.knows(url, manifest.schema())) {
        throw new StoreException(
            "The backup has schema "
                + manifest.schema()
                + ": a newer Tocsin made it, which can restore it.");
      }
      Migrations.run(url, manifest.schema());
      try (Connection connection = Jdbc.connect(url)) {
        connection.setAutoCommit(false);
        fill(connection, backup, said);
        try (var statement = connection.createStatement()) {
          for (String sql : afterwards) {
            statement.execute(sql);
          }
        }
        connection.commit();
      }
      Migrations.run(url);
      return new Restored(manifest.rows(), manifest.tables().size(), manifest.at());
    } catch (SQLException failed) {
      throw new StoreException(backup + " was not restored: " + failed.getMessage(), failed);
    } catch (IOException failed) {
      throw new StoreException(backup + " was not restored: " + failed, failed);
    }
  }

  private static void refuseKept(DatabaseUrl url) throws SQLException {
    try (Connection connection = Jdbc.connect(url);
        var statement = connection.createStatement()) {
      for (Table table : Table.all(connection)) {
        try (var row =
            statement.executeQuery("select exists (select from " + table.quotedName() + ")")) {
          if (row.next() && row.getBoolean(1)) {
            throw new StoreException(
                "Table "
                    + table.name()
                    + " of database "
                    + url.database()
                    + " is not empty: restore into a new one, by another data.dir or database.url.");
          }
        }
      }
    }
  }

  private static void fill(Connection connection, BackupFile backup, Consumer<String> said)
      throws SQLException, IOException {
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (Table table : backup.manifest().tables()) {
      long read = backup.rows(table, rows -> copy.copyIn(table.copyIn(), rows));
      if (read != table.rows()) {
        throw new StoreException(
            "Table %s has %d rows instead of %d".formatted(table.name(), read, table.rows()));
      }
      said.accept(table.name() + " " + table.rows());
    }
    advance(connection);
  }

  private static void advance(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var sequences =
            statement.executeQuery(
                """
                select format('select setval(%L, $gap + greatest(%s))', sequence,
                    string_agg(
                      format('coalesce((select max(%I) from %I), 0)', column_name, table_name),
                      ', ')) sql
                from (
                  select table_name, column_name, coalesce(
                      pg_get_serial_sequence(quote_ident(table_name), column_name),
                      substring(column_default from 'nextval[(]''([^'']+)''')) sequence
                  from information_schema.columns
                  where table_schema = current_schema()) numbered
                where sequence is not null
                group by sequence
                """
                    .replace("$gap", Integer.toString(GAP)))) {
      try (var set = connection.createStatement()) {
        while (sequences.next()) {
          set.execute(sequences.getString("sql"));
        }
      }
    }
  }
}
