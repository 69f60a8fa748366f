package tocsin.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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

  private static final int LONGEST_MANIFEST = 1 << 20;

  private Restore() {}

  /** What was read, as it was at that time. */
  public record Restored(long rows, int tables, Instant at) {}

  /**
   * Blocks until it is done.
   *
   * @param afterwards statements that belong to it
   * @param said gets a line for each table
   * @throws StoreException when the file is no whole backup, is of a newer version, or the database
   *     is not empty; nothing is in the database then
   */
  public static Restored read(
      Path file, DatabaseUrl url, List<String> afterwards, Consumer<String> said) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Manifest manifest = manifest(zip);
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
        fill(connection, manifest, zip, said);
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
      throw new StoreException(file + " was not restored: " + failed.getMessage(), failed);
    } catch (IOException failed) {
      throw new StoreException(file + " was not restored: " + failed, failed);
    }
  }

  private static Manifest manifest(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw new StoreException(zip.getName() + " is no whole backup: it has no manifest.");
    }
    try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      String text = new String(in.readNBytes(LONGEST_MANIFEST), UTF_8);
      refuseDamaged(zip, entry, in);
      return Manifest.parse(text);
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

  private static void fill(
      Connection connection, Manifest manifest, ZipFile zip, Consumer<String> said)
      throws SQLException, IOException {
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (Table table : manifest.tables()) {
      ZipEntry entry = zip.getEntry(table.name());
      if (entry == null) {
        throw new StoreException(zip.getName() + " is damaged: it has no table " + table.name());
      }
      try (var rows = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
        long read = copy.copyIn(table.copyIn(), rows);
        refuseDamaged(zip, entry, rows);
        if (read != table.rows()) {
          throw new StoreException(
              "Table %s has %d rows instead of %d".formatted(table.name(), read, table.rows()));
        }
      }
      said.accept(table.name() + " " + table.rows());
    }
    advance(connection);
  }

  /** What was read to its end is what was written. */
  private static void refuseDamaged(ZipFile zip, ZipEntry entry, CheckedInputStream read) {
    if (read.getChecksum().getValue() != entry.getCrc()) {
      throw new StoreException(zip.getName() + " is damaged in " + entry.getName() + ".");
    }
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
