package tocsin.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import tocsin.config.DatabaseUrl;

/**
 * Writes everything that a gateway keeps into one file, as of one moment, while it works: a ZIP
 * with an entry for each table in PostgreSQL's text format, which any version reads. The file is
 * there when it is whole and on disk; nobody else may read it, for it has addresses and keys in it.
 */
public final class Backup {
  private Backup() {}

  /** What was written. */
  public record Written(long rows, int tables, long bytes) {}

  /**
   * Blocks until it is done.
   *
   * @param said gets a line for each table
   * @throws StoreException when the database or the file cannot be used; an old file of the name
   *     stays then
   */
  public static Written write(DatabaseUrl url, Path file, Instant now, Consumer<String> said) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, ServerFiles.OWNER_ONLY);
      Manifest manifest;
      try (Connection connection = Jdbc.connect(url)) {
        manifest = write(connection, unfinished, now, said);
      }
      try (var written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return new Written(manifest.rows(), manifest.tables().size(), Files.size(file));
    } catch (SQLException failed) {
      drop(unfinished);
      throw new StoreException("The backup was not made: " + failed.getMessage(), failed);
    } catch (IOException failed) {
      drop(unfinished);
      throw new StoreException("The backup was not made: " + failed, failed);
    }
  }

  private static Manifest write(
      Connection connection, Path file, Instant now, Consumer<String> said)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    List<Table> written = new ArrayList<>();
    try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      String schema = Migrations.version(connection);
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (Table table : Table.all(connection)) {
        zip.putNextEntry(new ZipEntry(table.name()));
        written.add(table.counted(copied(copy.copyOut(table.copyOut()), zip)));
        zip.closeEntry();
        said.accept(table.name() + " " + written.getLast().rows());
      }
      Manifest manifest = new Manifest(schema, now, written);
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      zip.write(manifest.text().getBytes(UTF_8));
      zip.closeEntry();
      return manifest;
    } finally {
      connection.rollback();
    }
  }

  /** How many rows. A file that cannot be written is told as it is, not as a query that ended. */
  private static long copied(CopyOut rows, OutputStream file) throws SQLException, IOException {
    for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
      try {
        file.write(row);
      } catch (IOException full) {
        rows.cancelCopy();
        throw full;
      }
    }
    return rows.getHandledRowCount();
  }

  private static void drop(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException stays) {
      // the failure that led here says why
    }
  }
}
