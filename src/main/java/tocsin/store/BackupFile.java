package tocsin.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A backup that is read. What was read to its end is what was written, or it is refused. */
public final class BackupFile implements AutoCloseable {
  private static final int LONGEST_MANIFEST = 1 << 20;

  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /** Reads from what is in the file. */
  interface Reader<T, E extends Exception> {
    T read(InputStream in) throws IOException, E;
  }

  /**
   * @throws StoreException when there is no such file, it is no whole backup, or only a newer
   *     version knows its format
   */
  public static BackupFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException("There is no file " + file + " to read.");
    }
    try {
      ZipFile zip = new ZipFile(file.toFile());
      try {
        return new BackupFile(zip, manifest(zip));
      } catch (StoreException | IOException unusable) {
        zip.close();
        throw unusable;
      }
    } catch (ZipException otherForm) {
      throw new StoreException(
          file + " is no whole backup: " + otherForm.getMessage() + ".", otherForm);
    } catch (IOException unreadable) {
      throw new StoreException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Manifest manifest(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw new StoreException(zip.getName() + " is no whole backup: it has no manifest.");
    }
    return Manifest.parse(
        checked(zip, entry, in -> new String(in.readNBytes(LONGEST_MANIFEST), UTF_8)));
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * @throws StoreException when the file is damaged there
   */
  <T, E extends Exception> T rows(Table table, Reader<T, E> reader) throws IOException, E {
    ZipEntry entry = zip.getEntry(table.name());
    if (entry == null) {
      throw new StoreException(zip.getName() + " is damaged: it has no table " + table.name());
    }
    return checked(zip, entry, reader);
  }

  private static <T, E extends Exception> T checked(
      ZipFile zip, ZipEntry entry, Reader<T, E> reader) throws IOException, E {
    try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      T read = reader.read(in);
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new StoreException(zip.getName() + " is damaged in " + entry.getName() + ".");
      }
      return read;
    } catch (ZipException damaged) {
      throw new StoreException(
          zip.getName() + " is damaged in " + entry.getName() + ": " + damaged.getMessage() + ".",
          damaged);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException nothingLost) {
      // it was only read
    }
  }

  /** Its path. */
  @Override
  public String toString() {
    return zip.getName();
  }
}
